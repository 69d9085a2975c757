"""A process that is kept up: restarted when it falls over, given up when it keeps falling."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import IO, cast

MOST_FALLS, WITHIN = 3, 60.0  # seconds
TAIL = 20  # lines


class GaveUp(Exception):
    """It fell over too often; the message holds its last lines."""


class Child:
    """One process in a session of its own; its lines go to our standard output with its name before them.

    `alive` is a file that it touches; `silence` is after how many seconds without a touch it counts as hung.
    """

    def __init__(
        self, name: str, command: list[str], folder: Path, *, alive: Path | None = None, silence: float = 0
    ) -> None:
        self.name, self.command, self.folder = name, command, folder
        self.alive, self.silence = alive, silence
        self.falls: deque[float] = deque(maxlen=MOST_FALLS)
        self.tail: deque[str] = deque(maxlen=TAIL)
        self.process: subprocess.Popen[str] | None = None
        self.reader = threading.Thread()
        self.started = self.again_at = 0.0

    def start(self) -> None:
        self.started = time.time()
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.reader = threading.Thread(
            target=self._read, args=(cast(IO[str], self.process.stdout),), daemon=True
        )
        self.reader.start()

    def keep_up(self) -> None:
        """Looks after the process once; call it often. Raises GaveUp after three falls in a minute."""
        if self.process is None:
            if time.monotonic() >= self.again_at:
                self.start()
        elif self.process.poll() is not None:
            self._fell(f"ended with code {self.process.returncode}")
        elif self._hangs():
            self._fell(f"gave no sign of life for {self.silence:.0f} seconds")

    def ask_to_end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def end_by(self, deadline: float) -> None:
        """Waits until the deadline, in monotonic seconds, then ends whatever is left of its session."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self._kill()

    def _read(self, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                self.tail.append(line.rstrip())
                self._say(line.rstrip())

    def _say(self, line: str) -> None:
        # Nobody may listen any more, as after `make run | head`; the child must be read from all the same.
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.write(f"{self.name:<6} | {line}\n")
            sys.stdout.flush()

    def _hangs(self) -> bool:
        if self.alive is None:
            return False
        try:
            touched = self.alive.stat().st_mtime
        except FileNotFoundError:
            touched = 0.0
        return time.time() - max(touched, self.started) > self.silence

    def _fell(self, how: str) -> None:
        # The pool and an embedded beat outlive their parent: the whole session goes.
        self._kill()
        self.process = None
        now = time.monotonic()
        self.falls.append(now)
        recent = [fall for fall in self.falls if now - fall < WITHIN]
        if len(recent) == MOST_FALLS:
            lines = "\n".join(f"  {line}" for line in self.tail)
            raise GaveUp(f"The {self.name} {how}, three times in a minute. Its last lines:\n{lines}")
        pause = 2 ** (len(recent) - 1)
        self.again_at = now + pause
        self._say(f"{how}; it starts again in {pause} s")

    def _kill(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            # So that its last lines are there.
            self.reader.join(0.2)
