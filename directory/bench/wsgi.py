"""The site as it is measured: the floor beside it, connections and packages as in production."""

import os

from directory.bench import packages

packages.hide(os.environ.get("BENCH_WITHOUT", "").split())

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
settings.ROOT_URLCONF = "directory.bench.urls"
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    settings.DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 8, "timeout": 2}

application = get_wsgi_application()
