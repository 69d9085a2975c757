"""The one client for outgoing requests; nothing else of the site opens a connection.

Every address is checked before and at the connection, which goes to the very address that was checked.
A call ends within `DEADLINE` seconds whatever the other side does, holds no cookie and uses no proxy.
"""

import email.utils
import random
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from urllib.parse import urljoin

import httpcore
import httpx
from django.conf import settings

from content.lib.addresses import NotAllowed, Target, check, check_ip

DEADLINE: Final = 30.0
MOST_RAW: Final = 20_000_000
MOST_UNPACKED: Final = 50_000_000
SECONDS_A_HOST: Final = 1.0
SHORTEST_PAUSE: Final = 60
LONGEST_PAUSE: Final = 6 * 3600
REDIRECTS: Final = {301, 302, 303, 307, 308}
HEADERS: Final = {"User-Agent": "Superbill", "Accept-Encoding": "gzip", "Connection": "close"}

type Sent = Mapping[str, Any] | None


class CallFailed(Exception):
    """A call brought no answer that can be used; its text is one plain sentence for editors."""


class NetworkOff(CallFailed):
    """NETWORK is 0: nothing was asked."""


class Refused(CallFailed):
    """The address, or one that it led to, is not one that this site asks."""


class Circle(Refused):
    """It leads on and on, or where it may not be followed."""


class TooSlow(CallFailed):
    """The whole answer was not there in time."""


class TooBig(CallFailed):
    """The answer is larger than any that is waited for."""


class Unavailable(CallFailed):
    """The other side cannot answer now; `retry_after` holds the seconds it asks to wait, if it says so."""

    def __init__(self, said: str, retry_after: int | None = None) -> None:
        super().__init__(said)
        self.retry_after = retry_after


class BadCertificate(Unavailable):
    """Whoever answers cannot show that it is the host: expired, of nobody, of another name."""


class Damaged(Unavailable):
    """It answers, in a packing that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, headers by lower-case name, the unpacked body, the address it came from."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def leads_to(self) -> str:
        """Where it sends whoever asks; empty where it does not."""
        to = self.headers.get("location", "") if self.status in REDIRECTS else ""
        return urljoin(self.url, to) if to else ""


def get(
    url: str, *, params: Sent = None, headers: Mapping[str, str] | None = None, redirects: int = 0
) -> Answer:
    """Asks an address; follows at most so many redirects, each of them checked. Raises CallFailed."""
    request = httpx.Request("GET", url, params=params) if params else None
    return _call("GET", str(request.url) if request else url, None, headers or {}, redirects)


def post(url: str, *, json: Any) -> Answer:
    """Sends JSON to an address and never follows a redirect. Raises CallFailed."""
    return _call("POST", url, json, {}, 0)


def hop(url: str, *, headers: Mapping[str, str] | None = None, most: int) -> Answer:
    """One answer as it comes, whatever its status, its body cut after so many bytes; no redirect is followed.

    What operators vouched for counts for nothing here: the address is somebody's citation. Raises CallFailed.
    """
    if not settings.NETWORK:
        raise NetworkOff("network is off")
    deadline = time.monotonic() + DEADLINE
    with _failures():
        target = check(url)
        deadline += _wait_turn(target.host)
        return _ask(_request("GET", target, None, headers or {}), target, deadline, most)


def pause(failures: int, retry_after: int | None = None) -> int:
    """Seconds to leave a host alone after so many failures in a row: they double, and are never under 60."""
    seconds = SHORTEST_PAUSE * 2 ** min(failures, 9) * random.uniform(0.75, 1.25)  # noqa: S311  # no secret
    return int(min(max(seconds, SHORTEST_PAUSE, retry_after or 0), LONGEST_PAUSE))


def _call(method: str, url: str, json: Any, headers: Mapping[str, str], redirects: int) -> Answer:
    if not settings.NETWORK:
        raise NetworkOff("network is off")
    deadline = time.monotonic() + DEADLINE
    operators: Iterable[str] = settings.OPERATOR_ADDRESSES
    for _hop in range(redirects + 1):
        with _failures():
            target = check(url, operators)
            deadline += _wait_turn(target.host)
            answer = _ask(_request(method, target, json, headers), target, deadline)
        if not answer.leads_to:
            return _useful(answer)
        # What an operator vouched for does not vouch for where it leads, nor is it told what we asked with.
        url, operators, headers = answer.leads_to, (), {}
    raise Circle(
        "It leads on to other addresses again and again."
        if redirects
        else "It leads to another address; none is followed."
    )


def _useful(answer: Answer) -> Answer:
    if answer.status == 429 or answer.status >= 500:
        said = "It asks to be left alone for a while" if answer.status == 429 else "It is out of order"
        raise Unavailable(
            f"{said} (status {answer.status}).", retry_after(answer.headers.get("retry-after", ""))
        )
    return answer


def retry_after(text: str) -> int | None:
    """Seconds, given as such or as a date."""
    if text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    try:
        when = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0, int((moment - datetime.now(UTC)).total_seconds()))


@contextmanager
def _failures() -> Iterator[None]:
    """Whatever can go wrong in a call, in the words of this module."""
    try:
        yield
    except NotAllowed as error:
        raise Refused(str(error)) from None
    except httpx.TimeoutException:
        raise TooSlow(f"It did not answer in full within {DEADLINE:.0f} seconds.") from None
    except httpx.InvalidURL:
        raise Refused("The address cannot be read.") from None
    except httpx.HTTPError as error:
        tls = "CERTIFICATE" in str(error) or "SSL" in str(error)
        if tls:
            raise BadCertificate("Its certificate is not valid for it.") from None
        raise Unavailable("It cannot be reached, or hung up.") from None


_turns: dict[str, float] = {}
_turns_lock = threading.Lock()


def _wait_turn(host: str) -> float:
    """Waits until a second after this process last asked the host; says how long that took."""
    with _turns_lock:
        now = time.monotonic()
        turn = max(now, _turns.get(host, 0.0) + SECONDS_A_HOST)
        _turns[host] = turn
        for other in [name for name, last in _turns.items() if last < now - SECONDS_A_HOST]:
            del _turns[other]
    time.sleep(turn - now)
    return turn - now


def _request(method: str, target: Target, json: Any, headers: Mapping[str, str]) -> httpx.Request:
    return httpx.Request(method, target.url, json=json, headers={**HEADERS, **headers})


def _ask(request: httpx.Request, target: Target, deadline: float, most: int | None = None) -> Answer:
    """One request on a connection of its own, so that nothing of it is left for the next."""
    timeout = httpx.Timeout(DEADLINE)
    with (
        httpx.Client(transport=_Transport(target, deadline), trust_env=False, timeout=timeout) as client,
        # Built apart from the client: what its defaults would add is not wanted.
        _sent(client, request, timeout) as response,
    ):
        body = _body(response, most)
    return Answer(
        response.status_code,
        {name.lower(): value for name, value in response.headers.items()},
        body,
        target.url,
    )


@contextmanager
def _sent(client: httpx.Client, request: httpx.Request, timeout: httpx.Timeout) -> Iterator[httpx.Response]:
    request.extensions = {"timeout": timeout.as_dict()}
    response = client.send(request, stream=True, follow_redirects=False)
    try:
        yield response
    finally:
        response.close()


def _body(response: httpx.Response, most: int | None) -> bytes:
    """The body, cut after `most` bytes; unpacked piece by piece, so that a bomb is noticed in time."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", ""):
        raise Damaged(f"It answers in a packing that was not asked for ({coding[:20]}).")
    unpacker = zlib.decompressobj(wbits=31) if coding == "gzip" else None
    raw, body, enough = 0, bytearray(), most or MOST_UNPACKED + 1
    try:
        for piece in response.iter_raw():
            raw += len(piece)
            body += unpacker.decompress(piece, enough - len(body)) if unpacker else piece
            if most and len(body) >= most:
                return bytes(body[:most])
            if raw > MOST_RAW or len(body) > MOST_UNPACKED:
                raise TooBig(f"Its answer is larger than {MOST_RAW // 1_000_000} MB.")
    except zlib.error:
        raise Damaged("Its answer is damaged: it cannot be unpacked.") from None
    if unpacker and not unpacker.eof:
        raise Damaged("Its answer is damaged: it ends too early.")
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.HTTPTransport):
    """httpx's transport on connections that check where they go."""

    def __init__(self, target: Target, deadline: float) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_Backend(target, deadline))


class _Backend(httpcore.NetworkBackend):
    """Resolves a name once, checks every address it has, and connects to one of those and to no other."""

    def __init__(self, target: Target, deadline: float) -> None:
        self.target, self.deadline = target, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        if not self.target.operator:
            for address in addresses:
                check_ip(address)
        for address in addresses[:-1]:
            try:
                return self._dial(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._dial(addresses[-1], port)

    def _addresses(self, host: str, port: int) -> list[str]:
        """What the name stands for at this moment; resolvers know no deadline, so one is set from outside."""
        asking = ThreadPoolExecutor(1)
        try:
            found = asking.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            rows = found.result(left(self.deadline))
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except OSError:
            raise httpcore.ConnectError("no such host") from None
        finally:
            asking.shutdown(wait=False)
        return list(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows))

    def _dial(self, address: str, port: int) -> httpcore.NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(address, port, left(self.deadline))
        return _Stream(stream, self.deadline)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step shares one deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, left(self.deadline))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.inner.start_tls(ssl_context, server_hostname, left(self.deadline))
        return _Stream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def left(deadline: float) -> float:
    """Seconds until the deadline; raises where it has passed."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout
    return seconds
