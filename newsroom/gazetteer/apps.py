from django.apps import AppConfig


class GazetteerConfig(AppConfig):
    name = "newsroom.gazetteer"

    def ready(self) -> None:
        from newsroom.gazetteer.synonyms import place_names
        from search.index import synonyms

        synonyms.register(place_names)
