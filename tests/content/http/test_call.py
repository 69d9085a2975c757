"""A call ends: in time, within its size, with one sentence."""

import gzip
import ssl
import subprocess
import time
import zlib

import pytest

from content.lib import http
from tests.content.http.servers import serving

pytestmark = pytest.mark.once


@pytest.fixture
def ask(monkeypatch, settings):
    """Asks a server that answers with the function given."""
    settings.NETWORK = True
    monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)

    def ask(answer, **options):
        with serving(answer) as server:
            settings.OPERATOR_ADDRESSES = [server.url]
            return http.get(server.url, **options)

    return ask


def test_with_the_network_off_nothing_is_asked(settings):
    settings.NETWORK = False
    with pytest.raises(http.NetworkOff, match="network is off"):
        http.get("https://api.bls.gov/")


def test_it_sends_no_cookie_and_uses_no_proxy(ask, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    seen = []

    def answer(request):
        seen.append(dict(request.headers))
        request.send(b"yes", Set_Cookie="a=b")

    assert ask(answer).body == b"yes"
    assert ask(answer).body == b"yes"
    assert [name for headers in seen for name in headers if name.lower() == "cookie"] == []


def test_query_and_json_arrive(settings, monkeypatch):
    settings.NETWORK = True
    monkeypatch.setattr(http, "SECONDS_A_HOST", 0.0)

    def answer(request):
        length = int(request.headers.get("Content-Length", 0))
        request.send(request.path.encode() + request.rfile.read(length), X_Left="9")

    with serving(answer) as server:
        settings.OPERATOR_ADDRESSES = [server.url]
        assert http.get(f"{server.url}find", params={"q": "a b", "page": 2}).body == b"/find?q=a+b&page=2"
        answer = http.post(server.url, json={"series": ["A"]})
    assert (answer.body, answer.headers["x-left"]) == (b'/{"series":["A"]}', "9")


def test_a_gzip_answer_is_unpacked(ask):
    packed = gzip.compress(b"much" * 1000)
    assert ask(lambda request: request.send(packed, Content_Encoding="gzip")).body == b"much" * 1000


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (b"not gzip", "gzip"),
        (gzip.compress(b"cut short" * 99, mtime=0)[:-9], "gzip"),
        (zlib.compress(b"x"), "br"),
    ],
)
def test_damaged_packing_is_said(ask, packed, coding):
    with pytest.raises(http.Unavailable, match=r"damaged|not asked for"):
        ask(lambda request: request.send(packed, Content_Encoding=coding))


def test_a_bomb_is_noticed_before_it_goes_off(ask):
    bomb = gzip.compress(bytes(60_000_000), 9)
    assert len(bomb) < 100_000
    with pytest.raises(http.TooBig):
        ask(lambda request: request.send(bomb, Content_Encoding="gzip"))


def endless(request):
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    while True:
        request.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")


def test_an_endless_answer_is_broken_off(ask):
    with pytest.raises(http.TooBig):
        ask(endless)


def drip_body(request):
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        time.sleep(0.1)


def drip_headers(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(100):
        request.wfile.write(b"X-A: b\r\n")
        time.sleep(0.1)


def hang(request):
    time.sleep(3)


@pytest.mark.parametrize("answer", [drip_body, drip_headers, hang])
def test_the_deadline_holds_for_the_whole_answer(ask, monkeypatch, answer):
    monkeypatch.setattr(http, "DEADLINE", 0.6)
    began = time.monotonic()
    with pytest.raises(http.TooSlow):
        ask(answer)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("status", "header", "seconds"), [(429, "120", 120), (503, "", None), (500, "soon", None)]
)
def test_being_sent_away_says_for_how_long(ask, status, header, seconds):
    with pytest.raises(http.Unavailable) as caught:
        ask(lambda request: request.send(status=status, Retry_After=header))
    assert caught.value.retry_after == seconds


def test_a_date_to_come_back_is_understood(ask):
    with pytest.raises(http.Unavailable) as caught:
        ask(lambda request: request.send(status=503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"))
    assert caught.value.retry_after == 0


def test_a_host_that_hangs_up_is_said(ask):
    with pytest.raises(http.Unavailable, match="hung up"):
        ask(lambda request: request.connection.close())


def test_a_certificate_of_nobody_is_refused(settings, monkeypatch, tmp_path):
    settings.NETWORK = True
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    words += ["-subj", "/CN=other.example", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(lambda request: request.send(b"secret")) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        address = f"https://127.0.0.1:{server.server_port}/"
        settings.OPERATOR_ADDRESSES = [address]
        with pytest.raises(http.Unavailable, match="certificate is not valid"):
            http.get(address)


def test_a_host_is_asked_once_a_second(settings):
    settings.NETWORK = True
    with serving(lambda request: request.send(b"yes")) as server:
        settings.OPERATOR_ADDRESSES = [server.url]
        began = time.monotonic()
        for _ in range(3):
            http.get(server.url)
        assert time.monotonic() - began >= 2


def test_pauses_grow_with_jitter_and_never_fall_under_a_minute():
    for failures in range(12):
        pauses = {http.pause(failures) for _ in range(20)}
        assert min(pauses) >= 60
        assert max(pauses) <= 6 * 3600
    assert http.pause(1, retry_after=900) >= 900
    assert http.pause(8) > http.pause(1)
