"""wagtail-localize's machine translators, which ask by the site's client for services.

The originals use ``requests``: they follow redirects with the key, and have no limit
on the size or the whole time of an answer. Google's has a client library of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator
from wagtail_localize.strings import StringValue

from newsroom.fetching.services import post_json

Texts = Sequence[StringValue]


class LibreTranslate(LibreTranslator):
    def translate(self, source: Any, target: Any, texts: Texts) -> Mapping[Any, Any]:
        """Return the translation of each text."""
        answer = post_json(
            f"{self.get_api_endpoint()}/translate",
            payload={
                "q": [text.data for text in texts],
                "source": self.language_code(source.language_code),
                "target": self.language_code(target.language_code),
                "api_key": self.options["API_KEY"],
                "format": "html",
            },
            seconds=self.get_timeout(),
        )
        return _paired(texts, answer["translatedText"])


class DeepL(DeepLTranslator):
    def translate(self, source: Any, target: Any, texts: Texts) -> Mapping[Any, Any]:
        """Return the translation of each text."""
        answer = post_json(
            self.get_api_endpoint(),
            form=self.get_parameters(source, target, texts),
            headers=self.get_headers(),
            seconds=int(self.options["TIMEOUT"]),
        )
        return _paired(texts, [one["text"] for one in answer["translations"]])


def _paired(
    texts: Texts, translations: Sequence[str]
) -> dict[StringValue, StringValue]:
    return {
        text: StringValue(translation)
        for text, translation in zip(texts, translations, strict=True)
    }
