"""The same articles as a Django model, indexed by stock Wagtail's search."""
