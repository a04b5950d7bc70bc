"""Pages that make a case: a fresh receipt, a packet for somebody outside, a transfer. Their words stand on the answer
to the post and nowhere else; a reload makes no second case."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.lines import title_of
from leeside.desk.opening import look_into
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.check import Level, is_checked, level_words
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import source_words
from leeside.desk.ties.fresh_receipt import passages_of, renew_words
from leeside.desk.ties.panel import Choice
from leeside.desk.ties.referral import (
    CONSENTS,
    NewReferral,
    offered_fields,
    receivers_for,
    record_outcome,
    refer,
    revoke_referral,
)
from leeside.desk.ties.transfer import IN_MAILBOX, READ_OUT, NewTransfer, lines_to_transfer_to, transfer
from leeside.desk.ties.views import FormPage, form_page, read_day, ticked
from leeside.desk.views.case import run_flow
from leeside.sealing.receipts import Receipt
from leeside.web.dates import write_short_day
from leeside.web.languages import language_name


@takes("GET", "HEAD", "POST")
@with_seat
def renew(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Hand out new words to somebody who lost theirs."""

    def run(case_id: bytes) -> HttpResponseBase:
        made = renew_words(seat, case_id, one(request, "token"), ticked(request, "passages"))
        said = _("Read them out, one by one. The new mailbox has only what you ticked; the old words open the old one.")
        return show_words(request, seat, made.receipt, look_into(seat, made.case_id), said)

    def values(file: CaseFile) -> Mapping[str, Any]:
        return {
            "is_checked": is_checked(file),
            "wanted_level": level_words(Level.CONSISTENT),
            "passages": [
                (each.key, each.text, each.is_writers, write_short_day(each.day, seat.language, seat.today))
                for each in passages_of(seat, file)
            ],
        }

    return form_page(request, seat, slug, FormPage("ties_renew", CaseAction.RENEW_WORDS, {}, values, "renew"), run)


@takes("GET", "HEAD", "POST")
@with_seat
def refer_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Make a packet for somebody outside."""

    def run(case_id: bytes) -> HttpResponseBase:
        new = NewReferral(
            receiver=one(request, "receiver"),
            purpose=one(request, "purpose"),
            fields=ticked(request, "fields"),
            consent=one(request, "consent"),
            consent_day=read_day(one(request, "consent_day"), "consent_day"),
            answer_due=read_day(one(request, "answer_due"), "answer_due"),
            language=one(request, "language"),
            listed=one(request, "listed"),
        )
        made = refer(seat, case_id, one(request, "token"), new)
        said = _("Give these words to the receiver, and not on the way by which the person writes.")
        chosen = next((each for each in receivers_for(seat, look_into(seat, case_id)) if each.key == new.listed), None)
        if chosen is not None:
            said = f"{said} {chosen.name}: {chosen.reached}."
            if chosen.fingerprint:
                compare = _("First compare with them: %(fingerprint)s")
                said = f"{said} " + compare % {"fingerprint": chosen.fingerprint}
        return show_words(request, seat, made.receipt, look_into(seat, made.case_id), said)

    def values(file: CaseFile) -> Mapping[str, Any]:
        return {
            "fields": offered_fields(seat, file),
            "receivers": receivers_for(seat, file),
            "consents": [Choice(each, source_words(each)) for each in CONSENTS],
            "tongues": [(one, language_name(one)) for one in seat.pack.languages],
            "case_language": file.row.language,
        }

    return form_page(request, seat, slug, FormPage("ties_refer", CaseAction.REFER, {}, values, "refer"), run)


@takes("POST")
@with_seat
def referral_outcome(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down what came of a referral."""
    link, outcome = reader_in(one(request, "link")), one(request, "outcome")
    return run_flow(request, seat, slug, lambda case_id: record_outcome(seat, case_id, link, outcome), anchor="#ties")


@takes("POST")
@with_seat
def referral_revoke(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take a packet back."""
    link = reader_in(one(request, "link"))
    return run_flow(request, seat, slug, lambda case_id: revoke_referral(seat, case_id, link), anchor="#ties")


@takes("GET", "HEAD", "POST")
@with_seat
def transfer_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Move the case to another line of this installation."""

    def run(case_id: bytes) -> HttpResponseBase | None:
        new = NewTransfer(one(request, "line"), ticked(request, "fields"), one(request, "way"))
        receipt = transfer(seat, case_id, one(request, "token"), new)
        if new.way == IN_MAILBOX:
            return None
        said = _("Read them out now: on the other line, they open the conversation that begins there.")
        return show_words(request, seat, receipt, look_into(seat, case_id), said)

    def values(file: CaseFile) -> Mapping[str, Any]:
        return {
            "lines": [Choice(each.slug, title_of(each, seat.language)) for each in lines_to_transfer_to(seat)],
            "fields": offered_fields(seat, file),
            "ways": [
                Choice(READ_OUT, _("I read them out; they are shown to me once")),
                Choice(IN_MAILBOX, _("As an answer in the mailbox here; whoever reads the device reads them too")),
            ],
        }

    return form_page(request, seat, slug, FormPage("ties_transfer", CaseAction.TRANSFER, {}, values, "transfer"), run)


def show_words(request: HttpRequest, seat: Seat, receipt: Receipt, file: CaseFile, said: str) -> HttpResponseBase:
    """The page with the words: an answer to a post, stored by nobody."""
    values = {
        "place": "queue",
        "words": receipt.words(file.row.language),
        "words_language": file.row.language,
        "said": said,
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
    }
    return show_page(request, "ties_words", values, seat=seat)
