"""`make run` with a worker that has the test's jobs, so that it can be caught in the middle of one."""

import sys

from directory.deploy import launch

commands = launch.commands


def with_test_jobs(port: int, *, reload: bool) -> tuple[list[str], list[str]]:
    web, worker = commands(port, reload=reload)
    return web, ["tests.services.jobs" if word == "tasks" else word for word in worker]


if __name__ == "__main__":
    launch.commands = with_test_jobs
    sys.exit(launch.main())
