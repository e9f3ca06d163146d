"""ASGI entry point; the server that we ship runs WSGI, which is two to eight times quicker for synchronous views."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanjia.config.settings")
application = get_asgi_application()
