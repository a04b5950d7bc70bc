"""Reads what a browser posts, within limits, into plain fields. Knows nothing of questions or receipts.

The rules, in the order in which they are checked:
1. the content type is `application/x-www-form-urlencoded`, else nothing is read (a file could only come otherwise);
2. the length is told and within the limit, else nothing is read;
3. there are at most so many fields, and each name is short and plain ASCII;
4. bytes that are no UTF-8 are kept as U+FFFD, so that a person's text is never lost for one bad byte; NUL and other
   control signs are taken out; line ends become one `\\n`;
5. a field that comes twice keeps all its values, in order: who may have several decides the reader of the answers.
"""

import re
from binascii import a2b_qp, unhexlify
from typing import Final

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from leeside.door.errors import TooLargeError, UnreadableFormError
from leeside.door.limits import LIMITS

_FORM_TYPE: Final = "application/x-www-form-urlencoded"
Fields = dict[str, list[str]]

_ENCODED_RUN: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_UNLIKE_MAIL: Final = (b"=", b"\r", b"\n")

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def read_body(request: HttpRequest, limit_bytes: int) -> bytes:
    """The whole body of `request`, when its told length is within `limit_bytes`; else TooLargeError, unread."""
    untrusted_length = request.META.get("CONTENT_LENGTH") or "0"
    if not (untrusted_length.isascii() and untrusted_length.isdigit()):
        raise UnreadableFormError("length")
    length = int(untrusted_length[:12])
    if length > limit_bytes:
        raise TooLargeError
    try:
        body: bytes = request.read(length)
    except (UnreadablePostError, OSError):
        raise UnreadableFormError("broken") from None
    if len(body) != length:
        raise UnreadableFormError("broken")
    return body


def read_form(request: HttpRequest, limit_bytes: int = LIMITS.form_bytes) -> Fields:
    """The posted fields of `request`: name -> values in order. Raises TooLargeError or UnreadableFormError."""
    content_type = request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if content_type != _FORM_TYPE:
        raise UnreadableFormError("type")
    return parse_form(read_body(request, limit_bytes))


def parse_form(untrusted_body: bytes) -> Fields:
    """Split a URL-encoded body into fields; raises UnreadableFormError when it is no form of ours."""
    fields: Fields = {}
    if not untrusted_body:
        return fields
    pairs = untrusted_body.split(b"&", LIMITS.fields)
    if len(pairs) > LIMITS.fields:
        raise UnreadableFormError("fields")
    for pair in pairs:
        untrusted_name, _, untrusted_value = pair.partition(b"=")
        name = _decode(untrusted_name)
        if not name.isascii() or not 0 < len(name) <= LIMITS.name_characters:
            raise UnreadableFormError("name")
        fields.setdefault(name, []).append(_clean(_decode(untrusted_value)))
    return fields


def _decode(encoded: bytes) -> str:
    """Undo the encoding of a form. A `%` without two digits stays as it is, as browsers have it.

    A form's `%D0` is mail's `=D0` (quoted-printable), which the standard library turns in C: forty times faster than
    `urllib` on Cyrillic text. Where the two differ (`=` itself, a line end, a `%` without its digits: then fewer than
    two bytes fall away) it is done run by run.
    """
    plain = encoded.replace(b"+", b" ")
    marks = plain.count(b"%")
    if marks:
        turned = a2b_qp(plain.replace(b"%", b"="))
        if len(turned) == len(plain) - 2 * marks and not any(sign in plain for sign in _UNLIKE_MAIL):
            plain = turned
        else:
            plain = _ENCODED_RUN.sub(lambda run: unhexlify(run[0].replace(b"%", b"")), plain)
    return plain.decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Text without control signs and with one kind of line end."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_value(fields: Fields, name: str) -> str:
    """The first value of a field, or an empty text."""
    values = fields.get(name)
    return values[0] if values else ""
