"""The files of a line's life: sent from the mailbox, looked at, given back, saved; and every word that is in them."""

import io
import re
from urllib.parse import urlsplit

from PIL import Image

from attacks.browser import FORM, Answer, Browser

BOUNDARY = "----formboundary0123456789"
LARGE_BYTES = 3_000_000
"""More than a body that is gathered: this one goes through a thread that reads it as it comes."""


def part(name: str, content: bytes, filename: str = "") -> bytes:
    """One part of a posted form, as browsers write it."""
    more = f'; filename="{filename}"\r\nContent-Type: image/jpeg' if filename else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def post_files(browser: Browser, path: str, fields: dict[str, str], files: dict[str, bytes]) -> Answer:
    """Post a form with files from a page of ours."""
    parts = [part(name, value.encode()) for name, value in fields.items()]
    parts += [part("file", content, name) for name, content in files.items()]
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    kind = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    return browser.request("POST", path, body, [kind, *browser.own_headers()[1:]])


def send_from_mailbox(writer: Browser, files: dict[str, bytes]) -> Answer:
    """Files from an opened mailbox."""
    page = writer.get(FORM + "conversation")
    fields = {name: page.field(name) for name in ("token", "page_sign")}
    return post_files(writer, FORM + "send-file", fields, files)


def photo_that_says(said: str) -> bytes:
    """A photo into which a camera wrote this."""
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(made, "JPEG", comment=said.encode())
    return made.getvalue()


def paper_that_says(said: str) -> bytes:
    """A long file of nothing but this."""
    return (said + "\n").encode() * (LARGE_BYTES // len(said.encode()))


def look_at_all(reader: Browser, slug: str) -> list[bytes]:
    """Look at every file of a case and download each; what came from the second name."""
    path = f"/en/case/{slug}/"
    page = reader.get(path)
    came = []
    for key in dict.fromkeys(re.findall(r"/file/([0-9a-f]{32})/", page.body.decode())):
        token = reader.get(path).field("csrfmiddlewaretoken")
        shown = reader.post(f"{path}file/{key}/", {"csrfmiddlewaretoken": token})
        assert shown.status == 200, shown.text[-800:]
        for address in re.findall(r'(?:src|href)="(http://127\.0\.0\.1:\d+/f/[^"]+)"', shown.body.decode()):
            parts = urlsplit(address)
            answer = Browser(f"{parts.scheme}://{parts.netloc}").get(parts.path)
            assert answer.status == 200, answer.text[:300]
            came.append(answer.body)
    return came


def give(reader: Browser, slug: str, name: str, words: str, content: bytes) -> Answer:
    """Give the writer of a case a file to keep."""
    page = reader.get(f"/en/case/{slug}/")
    fields = {"csrfmiddlewaretoken": page.field("csrfmiddlewaretoken"), "whom": "writer", "name": name, "words": words}
    return post_files(reader, f"/en/case/{slug}/send-file", fields, {"ours.pdf": content})


def save_all(writer: Browser) -> list[bytes]:
    """Everything that the mailbox offers for saving."""
    page = writer.get(FORM + "conversation").body.decode()
    return [writer.get(address).body for address in re.findall(r'href="([^"]+/saved/[0-9a-f]{32})"', page)]
