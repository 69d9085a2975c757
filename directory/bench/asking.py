"""Asks a server for pages: a fixed number of requests, by one client or several at once."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle, islice


class UnexpectedAnswerError(Exception):
    """A page that did not come as it should; it names the address."""


@dataclass(frozen=True)
class Answers:
    """Milliseconds of each request, and the bytes of each page before compression."""

    took: list[float]
    sizes: list[int]


def ask(port: int, addresses: Sequence[str], *, requests: int, clients: int = 1) -> Answers:
    """Each client has one connection and takes its share of the requests, going round the addresses."""
    shares = [list(islice(cycle(addresses), start, requests, clients)) for start in range(clients)]
    took: list[float] = []
    sizes: list[int] = []
    failures: list[Exception] = []

    def run(share: list[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            for address in share:
                began = time.perf_counter()
                size = _get(connection, address)
                took.append((time.perf_counter() - began) * 1000)
                sizes.append(size)
        except Exception as failure:  # handed to whoever waits for the threads
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Answers(took, sizes)


def _get(connection: http.client.HTTPConnection, address: str) -> int:
    connection.request("GET", address)
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != HTTPStatus.OK:
        raise UnexpectedAnswerError(f"{address} answered {answer.status}.")
    return size
