"""A small web on loopback: many hosts by name, with http and https, that answer as told on each day."""

import ipaddress
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
import pytest

from content.lib import http
from tests.content.http.servers import PUBLIC, Handler, serving

type Answer = Callable[[Handler], None]
SECURE = [f"secure-{number}.example" for number in range(1, 13)]


@dataclass
class Web:
    """`hosts` holds what answers for each name; names that are not in it do not resolve, `down` ones refuse.

    `asked` lists every request as host and path. With `is_off` nothing resolves at all.
    """

    hosts: dict[str, Answer] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    is_off: bool = False
    expired: set[str] = field(default_factory=set)
    dialled: list[str] = field(default_factory=list)

    def answer(self, request: Handler) -> None:
        host = request.headers.get("Host", "").partition(":")[0]
        self.asked.append((host, request.path))
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        if host in self.down:
            request.connection.close()
            return
        self.hosts.get(host, lambda each: each.send(b"no such host here", status=421))(request)

    def paths(self, host: str) -> list[str]:
        return [path for name, path in self.asked if name == host]


def _signed(folder: Path, name: str, hosts: list[str], *extra: str) -> tuple[Path, Path]:
    """A key and a certificate of our own authority for these hosts."""
    key, request, made = (folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
    names = ",".join(f"DNS:{host}" for host in hosts)
    settings = folder / f"{name}.ext"
    settings.write_text(f"subjectAltName={names}\n")
    run = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={hosts[0]}"]
    subprocess.run([*run, "-keyout", key, "-out", request], check=True, capture_output=True)
    ca = folder / "ca"
    (ca / "new").mkdir(parents=True, exist_ok=True)
    (ca / "index").write_text("")
    (ca / "serial").write_text("1000\n")
    (ca / "config").write_text(
        "[ca]\ndefault_ca=ours\n[ours]\n"
        f"dir={ca}\ndatabase={ca}/index\nserial={ca}/serial\nnew_certs_dir={ca}/new\n"
        "default_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n"
    )
    sign = ["openssl", "ca", "-batch", "-config", ca / "config", "-cert", folder / "ca.pem"]
    sign += ["-keyfile", folder / "ca.key", "-in", request, "-out", made, "-extfile", settings, *extra]
    subprocess.run(sign, check=True, capture_output=True)
    return key, made


def certificates(folder: Path) -> dict[str, ssl.SSLContext]:
    """Contexts for a server, `good` and `expired`, and the `client`'s, which trusts their authority."""
    run = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Ours"]
    constraints = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    paths = ["-keyout", folder / "ca.key", "-out", folder / "ca.pem"]
    subprocess.run([*run, *constraints, *paths], check=True, capture_output=True)
    contexts = {"client": ssl.create_default_context(cafile=folder / "ca.pem")}
    past = ("-startdate", "20200101000000Z", "-enddate", "20210101000000Z")
    for name, dates in (("good", ("-days", "2")), ("expired", past)):
        key, made = _signed(folder, name, SECURE, *dates)
        contexts[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[name].load_cert_chain(made, key)
    return contexts


@contextmanager
def web_of(monkeypatch: pytest.MonkeyPatch, contexts: dict[str, ssl.SSLContext]) -> Iterator[Web]:
    """The web; the guard stays as it is, only the resolver and the dialling lead to loopback."""
    web = Web()
    with ExitStack() as stack:
        plain = stack.enter_context(serving(web.answer))
        secure = stack.enter_context(serving(web.answer))

        def choose(connection: ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
            connection.context = contexts["expired" if name in web.expired else "good"]

        first = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        first.sni_callback = choose  # type: ignore[assignment]
        secure.socket = first.wrap_socket(secure.socket, server_side=True)
        ports = {80: plain.server_port, 443: secure.server_port}
        dialled = httpcore.SyncBackend.connect_tcp

        def dial(backend, host, port, timeout=None, **others):
            web.dialled.append(host)
            if not ipaddress.ip_address(host).is_global:
                raise httpcore.ConnectError("an address inside was dialled")
            return dialled(backend, "127.0.0.1", ports[port], timeout)

        def resolve(host, port, *_, **__):
            if host == "127.0.0.1":  # the dialling itself
                return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
            if web.is_off or (host not in web.hosts and host not in web.names):
                raise socket.gaierror(-2, "Name or service not known")
            found = web.names.get(host, [PUBLIC])
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", dial)
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(http, "_tls", lambda: contexts["client"])
        monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)
        yield web


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
