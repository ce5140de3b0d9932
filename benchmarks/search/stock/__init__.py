"""The same articles as a Django model that stock Wagtail's search indexes."""
