"""Messages in files: whole, taken once, and never the end of a worker."""

from pathlib import Path
from queue import Empty
from threading import Barrier, Thread

import pytest
from kombu import Connection, Exchange, Queue

from tasks.broker import Transport

FOLDERS = ("in", "processed", "control")
QUEUE = Queue("celery", Exchange("celery"), routing_key="celery")


@pytest.fixture
def options(tmp_path):
    inbox, processed, control = (str(tmp_path / name) for name in FOLDERS)
    return {
        "data_folder_in": inbox,
        "data_folder_out": inbox,
        "processed_folder": processed,
        "control_folder": control,
        "store_processed": False,
    }


@pytest.fixture
def connect(options):
    opened = []

    def open_one():
        # As in a new process: kombu remembers for the whole process which queues it has bound.
        Transport.global_state.clear()
        connection = Connection(transport="tasks.broker:Transport", hostname="", transport_options=options)
        opened.append(connection)
        return connection

    yield open_one
    for connection in opened:
        connection.close()


@pytest.fixture
def inbox(options):
    return Path(options["data_folder_in"])


def send(connection, *bodies):
    with connection.Producer() as producer:
        for body in bodies:
            producer.publish(body, exchange=QUEUE.exchange, routing_key="celery", declare=[QUEUE])


def take(connection):
    with connection.SimpleQueue(QUEUE) as queue:
        message = queue.get(block=False)
        message.ack()
        return message.payload


def test_messages_arrive_once_and_in_order(connect, inbox):
    send(connect(), {"n": 1}, {"n": 2})
    connection = connect()
    assert [take(connection), take(connection)] == [{"n": 1}, {"n": 2}]
    with pytest.raises(Empty):
        take(connection)
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1, 2"])
def test_a_torn_message_is_passed_over(connect, inbox, content):
    connection = connect()
    send(connection, {"n": 1})
    (inbox / "000000000000000_planted.celery.msg").write_bytes(content)
    assert take(connection) == {"n": 1}
    assert list(inbox.iterdir()) == []


def test_what_another_program_leaves_in_the_folder_is_left_alone(connect, inbox):
    connection = connect()
    send(connection, {"n": 1})
    (inbox / ".4711-1.draft").write_bytes(b"half a mess")
    assert take(connection) == {"n": 1}
    assert [path.name for path in inbox.iterdir()] == [".4711-1.draft"]


def test_a_torn_table_of_queues_is_written_again(connect, options):
    send(connect(), {"n": 1})
    (table,) = Path(options["control_folder"]).iterdir()
    table.write_bytes(b"")
    connection = connect()
    send(connection, {"n": 2})
    assert [take(connection), take(connection)] == [{"n": 1}, {"n": 2}]


def test_two_workers_never_take_the_same_message(connect):
    send(connect(), *({"n": n} for n in range(100)))
    taken: list[int] = []
    together = Barrier(4)

    def drain():
        connection = connect()
        together.wait()
        while True:
            try:
                taken.append(take(connection)["n"])
            except Empty:
                return

    threads = [Thread(target=drain) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(100))
