"""The timetable: every job there is, what it does, and when."""

from datetime import time

from tasks import upkeep
from tasks.job import Job

TIMETABLE = (
    Job(
        name="purge",
        what="Deletes run rows older than 90 days, sessions that ended, and old login records.",
        work=upkeep.purge,
        begins=time(4, 30),
    ),
)
JOBS = {job.name: job for job in TIMETABLE}
