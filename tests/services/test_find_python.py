"""How `make` finds a Python: by running each, and with one line to type where there is none."""

import subprocess
from pathlib import Path

import pytest

from directory.deploy.variables import BASE


@pytest.fixture
def bare(tmp_path):
    """A machine whose PATH has nothing but the programs that the test puts there."""
    (tmp_path / "bin").mkdir()

    def put(name, script):
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return str(program)

    return put


def find(tmp_path, **more):
    environment = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), **more}
    command = ["/bin/sh", "directory/deploy/python.sh"]
    return subprocess.run(command, cwd=BASE, env=environment, capture_output=True, text=True, check=False)


def real(tmp_path):
    """Answers like a Python that fits: the finder asks for its version and modules, then for its path."""
    return f'case "$2" in *print*) echo {tmp_path}/found;; esac'


def test_an_old_python_and_a_shim_without_a_version_are_passed_over(bare, tmp_path):
    bare("python3", "exit 1")
    bare("python3.13", "echo pyenv: python3.13: command not found >&2; exit 127")
    bare("python3.12", real(tmp_path))
    found = find(tmp_path)
    assert (found.returncode, found.stdout) == (0, f"{tmp_path}/found\n")


def test_the_one_that_is_asked_for_goes_first(bare, tmp_path):
    bare("python3", real("/another"))
    mine = bare("mine", real(tmp_path))
    assert find(tmp_path, PYTHON=mine).stdout == f"{tmp_path}/found\n"


def test_a_version_under_pyenv_is_found(bare, tmp_path):
    folder = tmp_path / "versions" / "3.12.1" / "bin"
    folder.mkdir(parents=True)
    Path(bare("python3", real(tmp_path))).rename(folder / "python3")
    assert find(tmp_path, PYENV_ROOT=str(tmp_path)).stdout == f"{tmp_path}/found\n"


@pytest.mark.parametrize(
    ("program", "script", "line"),
    [
        ("apt-cache", 'test "$2" = python3.13-venv', "sudo apt-get install -y python3.13 python3.13-venv"),
        ("pyenv", "exit 0", "pyenv install 3.13"),
        ("brew", "exit 0", "brew install python@3.13"),
        ("uv", "exit 0", "uv python install 3.13"),
        ("python3", 'case "$2" in *venv*) exit 1;; esac', "sudo apt-get install -y python3-venv"),
    ],
)
def test_without_one_it_says_the_line_to_type(bare, tmp_path, program, script, line):
    bare(program, script)
    answer = find(tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.strip().endswith(line)
    assert answer.stderr.count("\n") == 1
