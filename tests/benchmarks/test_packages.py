"""The measured web server finds the packages of a site alone."""

import subprocess
import sys

import pytest

from directory.bench import packages
from directory.deploy.variables import BASE

pytestmark = pytest.mark.once

ASK = """
import sys
from directory.bench import packages
packages.hide(sys.argv[1:])
import django, numpy
try:
    import pytest
except ModuleNotFoundError as error:
    print(error)
"""


def test_packages_of_development_are_hidden_and_those_of_a_site_are_not():
    names = packages.of_development()
    assert {"pytest", "mypy", "playwright"} <= {*names}
    assert not {"django", "numpy", "celery", "click", "rest_framework"} & {*names}
    command = [sys.executable, "-c", ASK, *names]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=True)
    assert done.stdout == "pytest is not installed where a site runs.\n"
