from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from search.languages import register


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Archive search")

    def ready(self) -> None:
        from search import checks, triggers  # noqa: F401
        from search.collation import prepare_sqlite, register_lookups
        from search.facets import built_in  # noqa: F401
        from search.index.triggers import ENTRY_TRIGGERS
        from search.replica.consistency import rebuild_database

        connection_created.connect(prepare_sqlite, dispatch_uid="search.collation")
        register_lookups()
        triggers.register(ENTRY_TRIGGERS, rebuild_database)

        # Analysers of languages beyond the bundled ones: language code → dotted path of
        # a module such as search.languages.russian.
        register(getattr(settings, "SEARCH_LANGUAGES", {}))
