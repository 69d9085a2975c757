#!/usr/bin/env python3
"""Run one of the site's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # Django may be missing

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
