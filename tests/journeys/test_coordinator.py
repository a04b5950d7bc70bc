"""A coordinator sees everything, invites somebody, compares words, admits; the newcomer signs in."""

from collections.abc import Callable

import pytest

from journeys.admitting import accept, accept_conduct, invite, seen_words, type_heard, words_in
from journeys.working import find_new, open_tab, row_names, sign_in, sit_down, timeline
from journeys.writing import Letter, phone, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser


def test_a_coordinator_sees_what_each_circle_sees(demo: Demo, visit: Callable[..., Visitor]) -> None:
    seen = {}
    for key in ("wren", "heron"):
        page = sit_down(visit(), demo, key)
        open_tab(page, demo, "person")
        seen[key] = row_names(page)
    assert seen["wren"] < seen["heron"]
    assert len(seen["wren"]) > 5


CELLAR = Letter("Seven of us, a cellar, one bucket. I write on a stranger's phone.", where="held", wants="advice")
SUMMONS = Letter("A paper lies in my mother's letter box. Is that a summons?", where="home", wants="summons")


def test_a_coordinator_reads_what_came_to_either_circle_before_anybody_took_it(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken by a coordinator whose seat has no circles."""
    lead = sit_down(visit(), demo, "heron")
    for letter in (CELLAR, SUMMONS):
        open_tab(lead, demo, "person")
        before = row_names(lead)
        write(visit(**phone()).page, demo.door("en"), letter)
        lead.goto(find_new(lead, demo, before))
        assert letter.text in timeline(lead)
        assert lead.locator("form[action*='/drawer/identity'] button").count() == 1


@pytest.mark.promise(3, "a newcomer whose words were not compared", times=1)
def test_an_invited_newcomer_is_admitted_after_their_words_were_compared(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    lead = sit_down(visit(), demo, "heron")
    lead.goto(demo.desk("en", "people/"))
    line_words = words_in(lead, "#keys .words")
    address = invite(lead, demo)

    newcomer = visit()
    newcomer.page.goto(address)
    assert words_in(newcomer.page, ".words") == line_words
    person, own_words = accept(newcomer.page, "Juniper")
    assert newcomer.page.goto(address).status == 404, "an invitation works once"  # type: ignore[union-attr]
    sign_in(newcomer.page, demo.desk("en"), person)
    assert newcomer.page.locator("[role=alert]").count() == 1, "signed in before being admitted"

    lead.goto(demo.desk("en", "people/admit"))
    assert seen_words(lead, "Juniper").items() <= dict(enumerate(own_words)).items()
    with lead.expect_navigation():
        lead.locator("form.admit > button").click()
    assert lead.locator("[role=alert]").count() == 1, "admitted without comparing the words"
    type_heard(lead, "Juniper", [*reversed(own_words)], role="first")
    assert lead.locator("[role=alert]").count() == 1, "admitted with other words"
    type_heard(lead, "Juniper", own_words, role="first")
    lead.goto(demo.desk("en", "people/admit"))
    assert lead.locator("fieldset.candidate").filter(has_text="Juniper").count() == 0

    sign_in(newcomer.page, demo.desk("en"), person)
    accept_conduct(newcomer.page)
    assert newcomer.page.url == demo.desk("en", "queue/")
    assert len(row_names(newcomer.page)) > 5
