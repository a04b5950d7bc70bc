"""Files read as they come, in the order of the rules in `uploads`."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import pytest
from django.test import RequestFactory

from leeside.web.uploads import (
    BrokenUploadError,
    TooLargeUploadError,
    UnreadableUploadError,
    Upload,
    UploadError,
    read_upload,
)

BOUNDARY = "----geckoformboundary1234"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, content: bytes, filename: str | None = None, kind: str = "image/jpeg") -> bytes:
    """One part as browsers write it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if filename is not None:
        head += f'; filename="{filename}"\r\nContent-Type: {kind}'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


def body_of(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def upload_of(body: bytes, kind: str = TYPE, length: int | None = None) -> Upload:
    request = RequestFactory().generic("POST", "/", body, content_type=kind)
    if length is not None:
        request.META["CONTENT_LENGTH"] = str(length)
    return read_upload(request)


def taken(upload: Upload) -> list[tuple[str, str, bytes]]:
    return [(one.untrusted_name, one.untrusted_type, b"".join(one.pieces)) for one in upload.files]


def test_fields_come_first_and_files_whole() -> None:
    photo, other = secrets.token_bytes(300_000), b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\n" * 50
    upload = upload_of(
        body_of(
            part("token", b"secret"),
            part("text", "слова".encode()),
            part("file", photo, "снимок 1.jpg"),
            part("file", other, "b.bin", "application/octet-stream"),
            part("late", b"never read"),
        )
    )
    assert upload.fields == {"token": "secret", "text": "слова"} and upload.field("file") == ""
    assert taken(upload) == [("снимок 1.jpg", "image/jpeg", photo), ("b.bin", "application/octet-stream", other)]


def test_a_form_without_a_chosen_file_has_none() -> None:
    upload = upload_of(body_of(part("token", b"secret"), part("file", b"", "")))
    assert upload.field("token") == "secret" and taken(upload) == []


def test_what_is_no_form_of_files_is_refused_unread() -> None:
    class Untouched(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    request = RequestFactory().post("/", {"a": "b"})
    request._stream = Untouched()  # type: ignore[attr-defined]
    for kind, length in ((f"text/plain; boundary={BOUNDARY}", "10"), ("multipart/form-data", "10"), (TYPE, "-1")):
        request.META.update(CONTENT_TYPE=kind, CONTENT_LENGTH=length)
        with pytest.raises(UnreadableUploadError):
            read_upload(request)
    request.META.update(CONTENT_TYPE=TYPE, CONTENT_LENGTH="26000001")
    with pytest.raises(TooLargeUploadError):
        read_upload(request)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.999])
def test_a_body_that_breaks_off_is_no_file(share: float) -> None:
    """Broken on purpose to see it fail: `_Body.read` that gives an empty part instead of raising."""
    body = body_of(part("token", b"t"), part("file", bytes(200_000), "a.jpg"))
    with pytest.raises(BrokenUploadError):
        taken(upload_of(body[: int(len(body) * share)], length=len(body)))


@pytest.mark.parametrize(
    "body",
    [
        body_of(*[part(f"f{number}", b"x") for number in range(30)]),
        body_of(part("text", bytes(20_000))),
        body_of(b"--" + BOUNDARY.encode() + b"\r\nContent-Disposition: form-data; " + b"x" * 5000 + b"\r\n\r\n1\r\n"),
    ],
)
def test_forms_that_are_none_of_ours_are_refused(body: bytes) -> None:
    with pytest.raises(UploadError):
        taken(upload_of(body))


def test_garbage_is_no_file() -> None:
    for body in (b"\r\n" * 5000, secrets.token_bytes(5000), BOUNDARY.encode() * 300, b"x"):
        with suppress(UnreadableUploadError):
            assert taken(upload_of(body)) == []


def test_memory_holds_a_piece_and_not_the_file() -> None:
    """Broken on purpose to see it fail: `_as_file` that joined the stream before it handed it on."""
    import tracemalloc

    size, whole = 25_000_000, body_of(part("token", b"t"))[: -len(BOUNDARY) - 6]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'.encode()
    end = f"\r\n--{BOUNDARY}--\r\n".encode()

    class Coming:
        """A body that is made while it is read."""

        def __init__(self) -> None:
            self.parts: Iterator[bytes] = iter([whole, head, *[bytes(50_000)] * (size // 50_000), end])
            self.left = b""

        def read(self, at_most: int) -> bytes:
            self.left = self.left or next(self.parts, b"")
            part, self.left = self.left[:at_most], self.left[at_most:]
            return part

    request = RequestFactory().generic("POST", "/", b"x", content_type=TYPE)
    request.META["CONTENT_LENGTH"] = str(len(whole) + len(head) + size + len(end))
    request.read = Coming().read  # type: ignore[method-assign]
    tracemalloc.start()
    upload = read_upload(request)
    seen = sum(len(piece) for one in upload.files for piece in one.pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == size
    assert peak < 1_000_000
