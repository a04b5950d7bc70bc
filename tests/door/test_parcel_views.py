"""Ciphertext in: a parcel from any origin, read strictly, and nothing but a parcel."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from door.founded import FORM, FoundedLine
from leeside.door.open_lines import open_line
from leeside.packs.answers import AnswersRead
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.sealing.parcels import Maker, Parcel, encode_parcel
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store

ADDRESS = f"{FORM}parcel"
DAY = date(2023, 12, 5)
ANYWHERE = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://mirror.example"}


def make_parcel(line: FoundedLine, receipt: Receipt, text: str = "Письмо", **changed: Any) -> Parcel:
    """A parcel as a browser would make it."""
    read = AnswersRead({"wants": "advice", "text": text}, {}, "self")
    opened = open_line(line.settings)
    parcel = seal_answers(opened.pack, opened.roster, read, receipt, Arrival(Maker.BROWSER, "ru", "form", DAY))
    return replace(parcel, **changed)


def send(door: Client, body: bytes, **headers: str) -> Any:
    return door.post(ADDRESS, body, content_type="application/octet-stream", **{**ANYWHERE, **headers})


def test_a_parcel_from_any_origin_is_stored(door: Client, line: FoundedLine) -> None:
    receipt = make_receipt()
    answer = send(door, encode_parcel(make_parcel(line, receipt)))
    assert answer.status_code == 201
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["outcome"] == "accepted"
    assert line.open_answers(receipt)["text"] == "Письмо"


def test_the_same_parcel_again_is_the_same_request(door: Client, line: FoundedLine) -> None:
    body = encode_parcel(make_parcel(line, make_receipt()))
    first, second = json.loads(send(door, body).content), json.loads(send(door, body).content)
    assert (first["outcome"], second["outcome"]) == ("accepted", "repeated")
    assert first["answer_by"] == second["answer_by"]


def test_another_parcel_under_the_same_words_is_told_apart(door: Client, line: FoundedLine) -> None:
    receipt = make_receipt()
    send(door, encode_parcel(make_parcel(line, receipt)))
    assert send(door, encode_parcel(make_parcel(line, receipt, "Другое"))).status_code == 409
    assert line.open_answers(receipt)["text"] == "Письмо"


def test_an_erased_request_comes_not_back(door: Client, line: FoundedLine) -> None:
    receipt = make_receipt()
    body = encode_parcel(make_parcel(line, receipt))
    send(door, body)
    store.erase_case(line.case_of(receipt).case_id, line.case_of(receipt).opened)
    assert send(door, body).status_code == 410


@pytest.mark.parametrize("cut", [1, 20, 500, -1])
def test_a_parcel_that_was_cut_is_refused(door: Client, line: FoundedLine, cut: int) -> None:
    answer = send(door, encode_parcel(make_parcel(line, make_receipt()))[:cut])
    assert answer.status_code == 400


def test_a_parcel_with_something_behind_it_is_refused(door: Client, line: FoundedLine) -> None:
    assert send(door, encode_parcel(make_parcel(line, make_receipt())) + b"\x00").status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"line_id": b"x" * 16},
        {"pack": "other"},
        {"pack_version": 1_000},
        {"epoch": 1_000},
        {"maker": Maker.SERVER},
        {"maker": Maker.DESK},
        {"language": "de"},
    ],
)
def test_a_parcel_of_another_line_or_maker_is_refused(
    door: Client, line: FoundedLine, changed: dict[str, object]
) -> None:
    assert send(door, encode_parcel(make_parcel(line, make_receipt(), **changed))).status_code == 422


def test_a_parcel_over_the_limit_is_not_read(door: Client) -> None:
    assert send(door, b"x" * (512 * 1024 + 1)).status_code == 413


def test_only_a_parcel_is_taken_there(door: Client) -> None:
    answer = door.post(ADDRESS, b"text=x", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 415
    assert door.get(ADDRESS).status_code == 405
    assert door.post("/ru/nothing/parcel", b"x", content_type="application/octet-stream").status_code == 404


def test_a_browser_that_asks_first_is_told_what_it_may(door: Client) -> None:
    answer = door.options(ADDRESS, **ANYWHERE)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "POST"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer.content == b""


@pytest.mark.parametrize("error", [store.BusyError, store.FullError])
def test_a_vault_that_takes_nothing_acknowledges_nothing(
    door: Client, line: FoundedLine, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    body = encode_parcel(make_parcel(line, make_receipt()))

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(store, "deposit", refuse)
    assert send(door, body).status_code == 503
