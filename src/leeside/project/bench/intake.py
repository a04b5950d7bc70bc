"""`bench intake`: what the door and the mailbox carry, over HTTP, from a client on the same machine.

Every request is a whole one: its own receipt, a Russian letter of about 1.3 KB, an acknowledgement that is sent only
after COMMIT with `synchronous=FULL`. The client takes its share of the same cores.
"""

import gzip
import os
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlencode

from leeside.project.bench.installations import ADDRESS, Served, served_installation
from leeside.project.bench.load import Load, run_load
from leeside.project.bench.measured import FORM
from leeside.project.bench.rows import Row
from leeside.project.testing import postgresql
from leeside.sealing.receipts import Receipt, make_receipt

SECONDS = 5.0
CLIENTS = 16
_KIB = 1024
_LETTER = (
    "Второе ранение, задело почки. Комиссии не было, из части звонили: в понедельник обратно. "
    "Отпуск кончается в тот же день. Что можно сделать по закону, и какую бумагу подать первой? "
) * 4

Say = Callable[[str], None]


def measure(say: Say) -> Iterator[Row]:
    """Measure on SQLite, then the requests once more on PostgreSQL when its programs are here."""
    with served_installation("sqlite") as served:
        yield from _first_visit(served, say)
        yield from _requests(served, say, "SQLite", bar=800)
        yield from _parcels(served, say)
        yield from _mailbox(served, say)
    if postgresql.find_binaries() is None:
        say(f"PostgreSQL  NOT MEASURED: {postgresql.INSTALL_COMMAND}")
        return
    with served_installation("postgresql") as served:
        yield from _requests(served, say, "PostgreSQL", bar=500)


def _first_visit(served: Served, say: Say) -> Iterator[Row]:
    for language in ("ru", "en", "uk"):
        head = f"Host: localhost:{served.port}\r\nAccept-Encoding: gzip\r\n\r\n"
        request = f"GET /{language}/{ADDRESS}/ HTTP/1.1\r\n{head}".encode()
        answer = _fetch(served.door, request)
        head_bytes, _, body = answer.partition(b"\r\n\r\n")
        page = gzip.decompress(body) if b"gzip" in head_bytes.lower() else body
        fetched = sum(page.count(mark) for mark in (b'<link rel="stylesheet', b"<script src", b"<img "))
        yield Row(f"first visit, {language}: bytes on the wire", len(answer), "bytes", 14 * _KIB, "lower")
        yield Row(f"first visit, {language}: requests", 1 + fetched, "requests", 1, "lower")
    say("measuring the form")
    load = run_load(served.door, lambda _: request, connections=CLIENTS, seconds=SECONDS)
    yield from _rates("form", load, 200)


def _requests(served: Served, say: Say, database: str, bar: float) -> Iterator[Row]:
    prepared = _prepare(say, 9_000, lambda: _form_post(served))
    for clients, share in ((1, 3_000), (CLIENTS, 6_000)):
        say(f"measuring sealed requests on {database}, {clients} clients")
        batch = [prepared.pop() for _ in range(share)]
        load = run_load(served.door, batch.__getitem__, connections=clients, seconds=SECONDS, at_most=share)
        wanted = bar if clients == CLIENTS else None
        yield from _rates(f"sealed requests, {database}, {clients} clients", load, 200, wanted)


def _parcels(served: Served, say: Say) -> Iterator[Row]:
    from leeside.project.bench.parcels import make_parcels

    count = 8_000
    bodies = make_parcels(served.folder, count, say)
    head = f"POST /ru/{ADDRESS}/parcel HTTP/1.1\r\nHost: localhost:{served.port}\r\n"
    head += "Content-Type: application/octet-stream\r\nContent-Length: "
    prepared = [f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies]
    say("measuring parcels that a browser sealed")
    load = run_load(served.door, prepared.__getitem__, connections=CLIENTS, seconds=SECONDS, at_most=count)
    yield from _rates("parcels sealed by the browser, SQLite", load, 201, 2_000)


def _mailbox(served: Served, say: Say) -> Iterator[Row]:
    wrong = _prepare(say, 15_000, lambda: _words_post(served, make_receipt()))
    say("measuring the mailbox with wrong words")
    load = run_load(served.mailbox, wrong.__getitem__, connections=CLIENTS, seconds=SECONDS, at_most=len(wrong))
    yield from _rates("mailbox, wrong receipt refused", load, 403, 2_000)
    receipts = [make_receipt() for _ in range(3_000)]
    posts = [_form_post(served, receipt) for receipt in receipts]
    run_load(served.door, posts.__getitem__, connections=CLIENTS, seconds=60, at_most=len(posts))
    right = [_words_post(served, receipt) for receipt in receipts]
    say("measuring the mailbox with right words")
    load = run_load(served.mailbox, right.__getitem__, connections=CLIENTS, seconds=SECONDS, at_most=len(right))
    yield from _rates("mailbox, right receipt opened", load, None)


def _rates(name: str, load: Load, status: int | None, bar: float | None = None) -> Iterator[Row]:
    """Turn one run into rows; answers of another status than expected are a figure of their own, with the bar 0."""
    yield Row(f"{name}: a second", round(load.per_second, 1), "1/s", bar, "higher")
    yield Row(f"{name}: p50", round(load.quantile(0.50), 2), "ms", None, "lower")
    yield Row(f"{name}: p95", round(load.quantile(0.95), 2), "ms", None, "lower")
    if status is not None:
        others = sum(count for code, count in load.statuses.items() if code != status)
        yield Row(f"{name}: other answers", others, "answers", 0, "lower")


def _prepare(say: Say, count: int, make: Callable[[], bytes]) -> list[bytes]:
    say(f"preparing {count} requests")
    return [make() for _ in range(count)]


def _form_post(served: Served, receipt: Receipt | None = None) -> bytes:
    from leeside.door.words_block import RECEIPT_FIELD, write_hidden

    fields: Sequence[tuple[str, str]] = (
        (RECEIPT_FIELD, write_hidden(receipt or make_receipt())),
        ("text", f"{_LETTER} {os.urandom(4).hex()}"),
        *FORM.items(),
    )
    return _post(served, served.port, f"/ru/{ADDRESS}/", fields)


def _words_post(served: Served, receipt: Receipt) -> bytes:
    words = " ".join(receipt.words("ru"))
    return _post(served, served.port + 1, f"/ru/{ADDRESS}/", [("words", words)])


def _post(served: Served, port: int, path: str, fields: Sequence[tuple[str, str]]) -> bytes:
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _fetch(address: tuple[str, int], request: bytes) -> bytes:
    import socket

    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)
