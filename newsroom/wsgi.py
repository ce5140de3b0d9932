"""The WSGI application that a server such as granian loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")

application = get_wsgi_application()

# What is loaded now stays for good: the collector need not look at it again each time
# that a search has made many thousand objects.
gc.collect()
gc.freeze()
