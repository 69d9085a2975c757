"""Kombu's transport over files, made safe for full disks and killed writers."""

import os
import threading
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """A message is a file `<moment>_<id>.<queue>.msg` that appears whole.

    Taking it is moving it, so one worker alone gets it.
    """

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.processed_folder, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(  # type: ignore[override]  # the stubs of its two parents disagree on the name
        self, queue: str, payload: dict[str, Any], **kwargs: Any
    ) -> None:
        # One draft for each thread, so that killed writers do not fill the folder.
        folder = Path(self.data_folder_out)
        draft = folder / f".{os.getpid()}-{threading.get_ident()}.draft"
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.replace(folder / f"{time.monotonic_ns():020d}_{uuid.uuid4()}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for file in sorted(Path(self.data_folder_in).iterdir()):
            if file.name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.processed_folder) / file.name
            try:
                file.replace(taken)
            except FileNotFoundError:  # another worker was faster
                continue
            content = taken.read_bytes()
            taken.unlink()
            try:
                return loads(content)
            except ValueError:  # empty or torn, by another writer; the rows bring the work back
                continue
        raise Empty

    def get_table(self, exchange: str) -> Any:
        try:
            return super().get_table(exchange)
        except ValueError:  # torn by a killed process; the next binding writes it again
            return []

    def _queue_bind(self, exchange: str, routing_key: Any, pattern: Any, queue: Any) -> None:
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except ValueError:
            (Path(self.control_folder) / f"{exchange}.exchange").unlink(missing_ok=True)
            super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel
