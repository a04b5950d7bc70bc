"""Takes ciphertext: a parcel that a browser or an offline letter sealed. No receipt, no text, no cookie comes here.

Any page may post here, because nothing but the parcel speaks for it: another origin, a mirror, a file. The answer is
small JSON for a script to read, and says nothing that the parcel's maker does not know.
"""

import json
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leeside.door.errors import ClosedLineError, TooLargeError, UnreadableFormError
from leeside.door.forms import read_body
from leeside.door.limits import LIMITS
from leeside.door.open_lines import OpenLine, open_line
from leeside.packs.marks import Urgency
from leeside.packs.promise_times import promised_by
from leeside.sealing.errors import MalformedError
from leeside.sealing.parcels import Maker, Parcel, parse_parcel
from leeside.sealing.secrets import make_secret
from leeside.vault import store
from leeside.web.clock import domain_clock
from leeside.web.lines import find_line

_TYPE: Final = "application/octet-stream"
_MAKERS: Final = frozenset({Maker.BROWSER, Maker.LETTER})
_STATUS: Final = {
    store.Outcome.ACCEPTED: 201,
    store.Outcome.REPEATED: 200,
    store.Outcome.CONFLICT: 409,
    store.Outcome.ERASED: 410,
}

# What is raised -> what is told, the narrower kinds first.
_REFUSALS: Final[dict[type[Exception], tuple[int, str]]] = {
    TooLargeError: (413, "malformed"),
    UnreadableFormError: (400, "malformed"),
    MalformedError: (400, "malformed"),
    ClosedLineError: (503, "closed"),
    store.VaultError: (503, "busy"),
}


@csrf_exempt
def receive_parcel(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """POST a parcel as it is; OPTIONS for browsers that ask first."""
    if request.method != "POST":
        return _answer(204, None) if request.method == "OPTIONS" else _answer(405, "method")
    line = find_line(address)
    if line is None:
        raise Http404
    if request.META.get("CONTENT_TYPE", "") != _TYPE:
        return _answer(415, "type")
    try:
        parcel = parse_parcel(read_body(request, LIMITS.parcel_bytes))
        return _deposit(open_line(line), parcel)
    except tuple(_REFUSALS) as refusal:
        return _answer(*next(told for kind, told in _REFUSALS.items() if isinstance(refusal, kind)))


def _deposit(line: OpenLine, parcel: Parcel) -> HttpResponse:
    if not _fits(line, parcel):
        return _answer(422, "other line")
    clock = domain_clock()
    # Noise from chance, not from a receipt: the server has none here. A repeat is answered with the first promise.
    promise = promised_by(line.pack, Urgency(parcel.urgency), clock.now(), make_secret())
    deposited = store.deposit(parcel, clock.today(line.settings.time_zone), promise)
    answer_by = deposited.answer_by.isoformat() if deposited.answer_by else None
    return _answer(_STATUS[deposited.outcome], deposited.outcome.name.lower(), answer_by)


def _fits(line: OpenLine, parcel: Parcel) -> bool:
    """Whether the parcel was made for this line as it is: its pack, a circle of it, an epoch that has begun."""
    newest = max(key.epoch for key in line.roster.role_keys)
    return (
        parcel.line_id == line.line_id
        and parcel.pack == line.pack.name
        and parcel.pack_version <= line.pack.version
        and line.pack.circle(parcel.circle) is not None
        and parcel.maker in _MAKERS
        and parcel.epoch <= newest
        and parcel.language in line.pack.languages
    )


def _answer(status: int, outcome: str | None, answer_by: str | None = None) -> HttpResponse:
    """A small JSON answer that a script of any origin may read."""
    body = b"" if outcome is None else json.dumps({"outcome": outcome, "answer_by": answer_by}).encode()
    response = HttpResponse(body, status=status, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if outcome is None:
        response.headers["Access-Control-Allow-Methods"] = "POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response
