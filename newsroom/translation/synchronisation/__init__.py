"""Synchronisation of non-text values: dates, entities, images, links, blocks.

wagtail-localize copies them from the source when a translation is saved, so a published
translation does not follow later changes. Fields that translators cannot change are
copied immediately (``following``); other changes mark the translation as outdated
(``comparison``).
"""
