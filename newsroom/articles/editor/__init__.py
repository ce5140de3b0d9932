"""The page editor of articles: forms that are posted, and text that is pasted."""
