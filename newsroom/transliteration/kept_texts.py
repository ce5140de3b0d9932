"""Texts that this process has made before, kept in memory by a hash of their sources.

The key of a text is a hash of everything that it was made of, so that a kept text is
never outdated: other sources have another key. The texts used longest ago are dropped.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text, and what else has to be compared before it is used."""

    text: str
    about: Any = None


class KeptTexts:
    """At most ``max_characters`` of texts by key; safe for several threads."""

    def __init__(self, max_characters: int) -> None:
        self.max_characters = max_characters
        self._texts: OrderedDict[bytes, KeptText] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, key: bytes) -> KeptText | None:
        """Return the text with this key, or None."""
        with self._lock:
            kept = self._texts.get(key)
            if kept is not None:
                self._texts.move_to_end(key)
            return kept

    def put(self, key: bytes, kept: KeptText) -> None:
        """Keep a text; a longer one than ``max_characters`` is not kept."""
        if len(kept.text) > self.max_characters:
            return
        with self._lock:
            old = self._texts.pop(key, None)
            self._characters += len(kept.text) - (len(old.text) if old else 0)
            self._texts[key] = kept
            while self._characters > self.max_characters:
                _key, dropped = self._texts.popitem(last=False)
                self._characters -= len(dropped.text)

    def clear(self) -> None:
        with self._lock:
            self._texts.clear()
            self._characters = 0


def key_of(sources: Iterable[object]) -> bytes:
    """Return a hash of *sources*, which are told apart by their ``repr``."""
    digest = blake2b(digest_size=16)
    for source in sources:
        digest.update(repr(source).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.digest()


kept_texts = KeptTexts(settings.KEPT_TEXT_CHARACTERS)


def _forget(**_changed: object) -> None:
    """Drop all texts: a setting that they depend on may have changed, in a test."""
    kept_texts.clear()


setting_changed.connect(_forget)
