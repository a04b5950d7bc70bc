"""Trying a rule at the desk: what would come of it, in the page only."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.test import Client

from desk.stage import Stage
from desk.test_pages import Browser
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.limits import LIMITS
from leeside.desk.rules import listing
from leeside.desk.rules.trying import try_one
from leeside.packs.reader import SHIPPED

FILE = next(SHIPPED.glob("refusal/guide/rules/*/kazakhstan_arrival_notice.toml")).read_text(encoding="utf-8")
PAGE = "/en/rules/try"


@pytest.fixture
def browser(stage: Stage, client_of: Callable[..., Client]) -> Iterator[Browser]:
    yield Browser(client_of("desk"))


def test_a_wider_condition_shows_which_situations_come_out_otherwise(stage: Stage) -> None:
    wren = stage.seat("Wren")
    same = try_one(wren, "kazakhstan_arrival_notice", FILE)
    assert (same.problems, same.changes, same.situations, same.found, same.gone) == ((), (), (), (), ())
    wider = FILE.replace('  { fact = "country", is = "kazakhstan" },\n', "")
    wider = wider.replace('applies = "unknown"', 'applies = "yes"').replace('applies = "no"', 'applies = "yes"')
    assert try_one(wren, "kazakhstan_arrival_notice", wider).problems, "two kinds of examples are missing"
    new = try_one(wren, "kazakhstan_second_notice", FILE)
    assert new.is_new
    assert new.situations
    assert any("kazakhstan_second_notice" in line for _title, lines in new.situations for line in lines)
    assert new.found, "a rule that no situation names, and that gives what another gives"


def test_nothing_of_it_is_kept_and_what_was_typed_stays(stage: Stage, browser: Browser) -> None:
    browser.sign_in(stage, "Wren")
    answer = browser.post(PAGE, {"id": "kazakhstan_third", "text": FILE + "\nsurprise = 1\n"}, page=PAGE)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "is not a known key here" in text
    assert "Line " in text
    assert "[words.en]" in text
    good = browser.post(PAGE, {"id": "kazakhstan_third", "text": FILE}, page=PAGE)
    assert good.status_code == 200
    assert "A new rule." in good.content.decode()
    assert stage.seat("Wren").pack.guide.rule("kazakhstan_third") is None
    assert browser.get("/en/rules/of/kazakhstan_third").status_code == 404


def test_what_is_no_rule_file_is_refused_kindly(stage: Stage) -> None:
    """Broken on purpose: the limit of size asked after parsing."""
    wren = stage.seat("Wren")
    for rule_id, text in (("../x", FILE), ("fine_id", "  "), ("fine_id", "x" * (LIMITS.tried_rule_bytes + 1))):
        with pytest.raises(InputError):
            try_one(wren, rule_id, text)
    with pytest.raises(NotAllowedError):
        try_one(stage.seat("Rowan"), "fine_id", FILE)
    hostile = FILE.replace("Kazakhstan:", "<script>alert(1)</script>")
    tried = try_one(wren, "fine_id", hostile)
    assert tried.view is not None
    assert "<script" not in tried.view.drawing


def test_a_rule_that_takes_too_long_beside_the_others_is_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone it is within its bounds; with each rule that gives the same paper its ways multiply. Broken on purpose:
    an audit of the tried pack without an end to its looks."""
    monkeypatch.setattr(listing, "LIMITS", replace(LIMITS, tried_looks=1_000))
    tried = try_one(stage.seat("Wren"), "kazakhstan_second_notice", FILE)
    assert tried.view is None
    assert [one.key for one in tried.problems] == ["when"]
    assert "too many ways" in tried.problems[0].message
