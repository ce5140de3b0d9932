"""Values of an article that are not text: dates, entities, pictures, links, blocks.

wagtail-localize copies them from the source when a translation is saved, so a published
translation does not follow later changes. Fields that no translator can change are
copied at once (``following``); other changes mark the translation as outdated
(``comparison``).
"""
