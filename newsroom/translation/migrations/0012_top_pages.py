"""Indexes of the few pages at the top of the tree: its root, and the home pages.

For every page of the admin Wagtail asks which page a superuser's tree begins with, by
its depth alone, and reads all pages for the answer. An index of all depths would tempt
SQLite to use it where the path is the better one; these have no other rows. A later
migration of Wagtail's that has Django make its table anew on SQLite drops them, and
nothing but time is lost.
"""

from django.db import migrations


def _index(depth):
    name = f"newsroom_pages_of_depth_{depth}"
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON wagtailcore_page (depth, path) WHERE depth = {depth}",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom_translation", "0011_desk_filter_indexes"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [_index(1), _index(2)]
