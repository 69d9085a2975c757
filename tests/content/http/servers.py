"""Small servers on loopback: one that answers as told, one that only counts who comes."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC = "93.184.215.14"


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the server's `answer`; says nothing on the console."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with suppress(OSError):
            self.server.answer(self)  # type: ignore[attr-defined]
        self.close_connection = True

    do_POST = do_GET

    def log_message(self, *words: object) -> None:
        pass

    def send(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """One whole answer; underscores in a header's name stand for hyphens."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Callable[[Handler], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer

    def handle_error(self, *_: object) -> None:
        pass

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


@contextmanager
def serving(answer: Callable[[Handler], None]) -> Iterator[Server]:
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(2)


@dataclass
class Canary:
    """Counts the connections to a port of loopback."""

    port: int
    visits: list[object] = field(default_factory=list)
    leads_to: str = ""


@contextmanager
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bird = Canary(listener.getsockname()[1])
        listener.settimeout(0.05)
        over = threading.Event()

        def count() -> None:
            while not over.is_set():
                with suppress(OSError):
                    connection, visitor = listener.accept()
                    bird.visits.append(visitor)
                    connection.close()

        thread = threading.Thread(target=count, daemon=True)
        thread.start()
        try:
            yield bird
        finally:
            over.set()
            thread.join(2)
