"""The site as the benchmark serves it: with the floor beside it, and connections pooled as in production."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
settings.ROOT_URLCONF = "directory.bench.urls"
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    settings.DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 8, "timeout": 2}

application = get_wsgi_application()
