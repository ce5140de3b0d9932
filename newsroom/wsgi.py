"""WSGI application for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from newsroom.observability.shared_metrics import share_metrics
from newsroom.web.pooling import use_pool
from newsroom.web.proxies import behind_proxies

# A proxy on the same machine.
TRUSTED_PROXIES = "127.0.0.1,::1"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")

share_metrics()  # before anything imports prometheus_client
application = behind_proxies(
    get_wsgi_application(), os.environ.get("TRUSTED_PROXIES") or TRUSTED_PROXIES
)
use_pool()

# All objects loaded so far are permanent. Freezing them keeps the garbage collector
# from scanning them each time that a search has created many thousand objects.
gc.collect()
gc.freeze()
