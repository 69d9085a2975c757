"""No request reaches an address inside, however it is spelled, resolved or led to."""

import ipaddress
import socket
import time

import httpcore
import pytest

from content.lib import http
from content.lib.addresses import NotAllowed, check_ip
from tests.content.http.servers import PUBLIC, canary, serving

pytestmark = pytest.mark.once

DIRECT = [
    "http://127.0.0.1",
    "http://127.0.0.1/",
    "https://127.0.0.1/x",
    "http://127.0.0.1:80/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.01/",
    "http://127.0.0.1./",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://⑯⑨。②⑤④。⑯⑨。②⑤④/",
    "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/",
    "http://127。0。0。1/",
    "http://127\uff0e0\uff0e0\uff0e1/",
    "http://①②⑦.0.0.1/",
    "http://100.64.0.1/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "gopher://127.0.0.1/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "dict://127.0.0.1:11211/",
    "unix:///run/redis.sock",
    "//127.0.0.1/",
    "127.0.0.1",
    "http://127.0.0.1:6379/",
    "http://127.0.0.1:25/",
    f"http://{PUBLIC}:6379/",
    f"https://{PUBLIC}:80/",
    f"http://{PUBLIC}@127.0.0.1/",
    "http://user:word@127.0.0.1/",
    f"http://127.0.0.1\\@{PUBLIC}/",
    "http:\\\\127.0.0.1\\",
    "http:///127.0.0.1/",
    "http://",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1\n/",
    "http://\t127.0.0.1/",
    "http://127.0.0.1\x00.example/",
    "http://[::1/",
    "http://127.0.0.1%2f.example/",
]
# Names, with what a resolver says of them: an inside address among outside ones, too.
NAMES = {
    "http://localhost/": ["127.0.0.1"],
    "http://localhost./": ["127.0.0.1"],
    "http://ip6-loopback/": ["::1"],
    "http://inside.example/": ["10.1.2.3"],
    "http://cname-to-internal.example/": ["192.168.0.10"],
    "https://mixed.example/": [PUBLIC, "127.0.0.1"],
    "http://mapped.example/": ["::ffff:127.0.0.1"],
    "http://nat64.example/": ["64:ff9b::7f00:1"],
    "http://linklocal.example/": ["fe80::1%eth0"],
    "http://metadata.example/": ["169.254.169.254"],
}
TARGETS = [
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://localhost/",
    "http://169.254.169.254/",
    "http://2130706433/",
    "ftp://example.org/",
    "http://example.org:6379/",
    "//127.0.0.1/",
    "http://inside.example/",
]


@pytest.fixture
def bird(monkeypatch, settings):
    """A canary where every address inside leads to, and `door.example` where one redirect stands."""
    settings.NETWORK = True
    monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)
    with canary() as bird, serving(lambda request: request.send(status=302, Location=bird.leads_to)) as door:
        dialled = httpcore.SyncBackend.connect_tcp

        def dial(backend, host, port, timeout=None, **others):
            public = not ipaddress.ip_address(host).is_private and ipaddress.ip_address(host).is_global
            return dialled(backend, "127.0.0.1", door.server_port if public else bird.port, timeout)

        def resolve(host, port, *_, **__):
            known = {url.split("/")[2]: found for url, found in NAMES.items()}
            found = known.get(host, [PUBLIC] if host.endswith(("example", "example.org")) else [host])
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", dial)
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        bird.leads_to = "http://127.0.0.1/"
        yield bird


def test_no_payload_reaches_an_address_inside(bird):
    payloads = [*DIRECT, *NAMES]
    for payload in payloads:
        with pytest.raises(http.Refused):
            http.get(payload)
    assert len(payloads) >= 80
    time.sleep(0.1)
    assert bird.visits == []


@pytest.mark.parametrize("target", TARGETS)
def test_no_redirect_leads_inside(bird, target):
    bird.leads_to = target
    with pytest.raises(http.Refused):
        http.get("http://door.example/", redirects=5)
    time.sleep(0.1)
    assert bird.visits == []


def test_an_endless_row_of_redirects_ends(bird):
    bird.leads_to = "http://door.example/again"
    with pytest.raises(http.Refused, match="again and again"):
        http.get("http://door.example/", redirects=5)


def test_without_leave_no_redirect_is_followed(bird):
    bird.leads_to = "http://door.example/elsewhere"
    with pytest.raises(http.Refused, match="none is followed"):
        http.get("http://door.example/")


def test_a_resolver_that_changes_its_mind_is_asked_once(bird, monkeypatch):
    asked = []

    def flip(host, port, *_, **__):
        if host == "127.0.0.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        address = PUBLIC if len(asked) % 2 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", flip)
    for attempt in range(10):
        before = len(asked)
        with pytest.raises(http.Refused):
            http.get(f"http://flip{attempt}.example/")
        assert len(asked) == before + 1
    time.sleep(0.1)
    assert bird.visits == []


def test_an_operators_address_may_be_inside_but_not_what_it_leads_to(monkeypatch, settings):
    settings.NETWORK = True
    monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)
    with (
        canary() as bird,
        serving(
            lambda request: (
                request.send(status=302, Location=f"http://127.0.0.1:{bird.port}/")
                if request.path == "/away"
                else request.send(b"here")
            )
        ) as double,
    ):
        with pytest.raises(http.Refused):
            http.get(double.url)
        settings.OPERATOR_ADDRESSES = [double.url]
        assert http.get(double.url).body == b"here"
        with pytest.raises(http.Refused):
            http.get(f"http://127.0.0.1:{bird.port}/")
        with pytest.raises(http.Refused):
            http.get(f"{double.url}away", redirects=3)
        time.sleep(0.1)
        assert bird.visits == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "1.1.1.1"])
def test_a_public_address_may_be_asked(address):
    check_ip(address)
    assert ipaddress.ip_address(address).is_global


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "100.64.0.1", "2002:7f00:1::", "64:ff9b::1"])
def test_an_address_inside_may_not(address):
    with pytest.raises(NotAllowed, match="address not public"):
        check_ip(address)
