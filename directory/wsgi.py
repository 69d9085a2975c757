"""What the web server loads."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

application = get_wsgi_application()
# All addresses before the first request, so that no reader waits for their import.
import_module("directory.urls")
