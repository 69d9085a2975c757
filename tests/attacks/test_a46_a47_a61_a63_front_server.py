"""A46, A47, A48, A53, A55, A61, A63 where the web server itself decides: bytes on a socket to a real one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from directory.deploy import variables
from directory.deploy.servers import free_port
from directory.deploy.variables import BASE
from tests.attacks.ground import corpus

pytestmark = [pytest.mark.services, pytest.mark.slow]


class Front:
    """The site behind granian, as the deployment runs it, writing its log as JSON."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in variables.names()}
        self.port = free_port()
        self.log = folder / "log"
        self.env = kept | {"VAR_DIR": str(folder), "API_RATE": "2/day", "LOG_FORMAT": "json"}
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *words], cwd=BASE, env=self.env, check=True)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port"]
        command += [str(self.port), "--workers", "1", "--blocking-threads", "2", "--no-ws"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "directory.wsgi:application"],
                cwd=BASE,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not self.answers():
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            return self.ask("GET /healthz")[0] == 200
        except OSError:
            return False

    def send(self, request: bytes) -> bytes:
        """What comes back until the server closes; nothing where it closes at once."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            got = b""
            try:
                connection.sendall(request)
                while part := connection.recv(65536):
                    got += part
            except ConnectionError:
                pass  # it closed before all was sent
        return got

    def ask(self, line: str, *headers: str, host: str | None = "127.0.0.1") -> tuple[int, str, str]:
        """Status, head and body of the answer to a line and headers that are sent as they are."""
        named = [] if host is None else [f"Host: {host}"]
        sent = "\r\n".join([f"{line} HTTP/1.1", *named, *headers, "Connection: close", "", ""])
        head, _, body = self.send(sent.encode("latin-1")).decode("utf-8", "replace").partition("\r\n\r\n")
        return int(head.split(" ")[1]) if head else 0, head, body

    def lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").split("\n")

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    server = Front(tmp_path_factory.mktemp("front"))
    yield server
    server.close()


def test_a46_no_host_and_two_hosts_are_refused(front):
    for hosts in ([], ["127.0.0.1", "evil.example"], ["evil.example", "127.0.0.1"], ["evil.example"]):
        status, head, body = front.ask("GET /", *(f"Host: {host}" for host in hosts), host=None)
        assert status == 400, hosts
        assert "evil" not in head + body


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
def test_a46_an_absolute_address_makes_none_of_ours(front, host):
    for where in ("http://evil.example/schools/", "http://evil.example/schools", "http://evil.example//"):
        status, head, body = front.ask(f"GET {where}", host=host)
        assert status in ((400,) if host == "evil.example" else (200, 301, 404)), where
        assert "evil" not in head + body


def test_a47_no_spelling_of_a_hop_hides_who_asks(front):
    hops = ["X-Forwarded-For: 127.0.0.1", "X_Forwarded_For: 10.0.0.1", "X-Real-IP: 10.0.0.2"]
    hops += ["Forwarded: for=10.0.0.3", f"X-Forwarded-For: {', '.join(['10.0.0.4'] * 50)}"]
    statuses = [front.ask("GET /api/v1/credentials/", hop)[0] for hop in hops]
    assert statuses == [200, 200, 429, 429, 429]


def test_a47_the_proxy_writes_the_hop_anew_and_drops_other_spellings_of_it():
    written = (BASE / "directory/deploy/nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in written
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in written
    assert "underscores_in_headers off;" in written


def test_a53_a_query_longer_than_any_page_needs_is_answered_or_refused(front):
    for length, statuses in ((64_000, {200}), (100_000, {200, 414}), (1_000_000, {0, 414, 431})):
        assert front.ask(f"GET /schools/?q={'a' * length}")[0] in statuses
    assert front.ask("GET /healthz")[0] == 200


def test_a55_trace_echoes_nothing(front):
    for verb in ("TRACE", "CONNECT", "PROPFIND", "PUT", "post", "pOsT"):
        status, head, body = front.ask(f"{verb} /schools/", "X-Canary: canary")
        assert status == 405, verb
        assert "allow: get, head" in head.lower()
        assert "canary" not in head + body


def test_a61_no_path_leads_out_of_the_static_files(front):
    for path in (path for path in corpus("a61_paths") if "/api/" not in path):
        status, head, body = front.ask(f"GET {quote(path, '/%?=&;:.')}")
        assert status == 404, path
        assert "SECRET_KEY" not in body
        assert "Index of" not in body
        assert "location:" not in head.lower()


def test_a63_no_request_forges_a_line_of_the_log(front):
    for path in corpus("a63_paths"):
        front.ask(f"GET {quote(path, '/%?=&;:.')}")
    for header in ("User-Agent: \x1b[31m", "User-Agent: a\tb\x85c", f"User-Agent: {'x' * 300_000}"):
        front.ask("GET /nope/", header)
    front.ask("GET /nope/", host="x" * 50_000)
    assert front.ask("GET /nope/last/")[0] == 404
    logged = [line for line in front.lines() if line.startswith("{")]
    entries = [json.loads(line) for line in logged]
    assert any("/nope/last/" in entry["message"] for entry in entries)
    assert any("admin logged in" in entry["message"] for entry in entries)
    for line, entry in zip(logged, entries, strict=True):
        assert line.isprintable()
        trace = entry.pop("traceback", "").split("\n")
        assert max(len(str(value)) for value in [*entry.values(), *trace]) < 700
    forged = [line for line in front.lines() if line.startswith(("[INFO] admin", "2026-01-01"))]
    assert forged == []
