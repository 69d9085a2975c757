"""The Celery app. Its modules are listed, so that a task is found by name or not at all."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

TICK = 10.0  # seconds between two looks at the rows

app = Celery("tasks", include=["tasks.runs"])
app.config_from_object("django.conf:settings", namespace="CELERY")
# Beat knows one entry; `tasks.schedule` holds the timetable, and rows decide what is due.
app.conf.beat_schedule = {
    "dispatch": {"task": "tasks.dispatch", "schedule": TICK, "options": {"expires": TICK}},
}
