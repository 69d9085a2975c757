"""The Celery app. Its modules are listed, so that a job is found by name or not at all."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

app = Celery("tasks")
app.config_from_object("django.conf:settings", namespace="CELERY")
