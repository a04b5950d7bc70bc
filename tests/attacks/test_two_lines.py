"""Promise 2 between two lines of one installation: to the coordinator of one, the other's cases are not there.

Broken on purpose to see it fail: `store.find_case` that looked in every line of the installation.
Nothing opens then, but an address that leads to the case's own page tells that the case is there.
"""

import re
from collections.abc import Callable

import pytest

from attacks.browser import PLAIN, Answer, Browser, desk_post, send, sign_in, slugs_on
from attacks.life import STEP, text_of
from attacks.test_roles import TABLE
from plugins.lines import ServedLine, found_in

NOT_THERE = "no-such"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.mark.slow
@pytest.mark.promise(2, "every address of a case, asked by the coordinator of another line")
def test_the_other_lines_lead_is_nobody_here(line: ServedLine, attacks: Callable[[int], None]) -> None:
    send(Browser(line.address("door")), PLAIN, text=text_of("letter"))
    line.server.stop()
    other = found_in(line.directory, "harbour", "harbour", ["Heron"])
    line.start_again()
    mine, hers = Browser(line.address("desk")), Browser(line.address("desk"))
    assert sign_in(mine, line.people["Heron"]).status == 302
    assert sign_in(hers, other.people["Heron"], line="harbour").status == 302
    (slug,) = slugs_on(mine.get("/en/queue/?tab=all"))
    path = f"/en/case/{slug}/"
    assert desk_post(mine, path + "note", {"text": text_of("note"), **STEP}, mine.get(path)).status == 302
    assert slugs_on(hers.get("/en/queue/?tab=all")) == []
    asked = {(method, one): fields for rows in TABLE.values() for method, one, fields, _ in rows if "{case}" in one}
    reader = line.people["Willow"].reader_id.hex()
    for (method, pattern), fields in asked.items():
        typed = {name: value.replace("{reader}", reader) for name, value in fields.items()}
        answers = []
        for name in (slug, NOT_THERE):
            there = pattern.replace("{case}", f"/en/case/{name}/")
            page = hers.get("/en/people/")
            answer = hers.get(there) if method == "GET" else desk_post(hers, there, typed, page)
            assert answer.status == 404, (method, there, answer.status)
            answers.append(_told(answer, name))
            attacks(1)
        assert answers[0] == answers[1], pattern
    found = desk_post(hers, "/en/search/", {"words": "мелом"})
    assert found.status == 200 and slugs_on(found) == []
    assert text_of("note") in mine.get(path).text, "and nothing of it changed"


def _told(answer: Answer, slug: str) -> bytes:
    """A refusal without what differs between any two: the address that was asked, a token."""
    return TOKEN.sub(b"", answer.body.replace(slug.encode(), b"X")).rstrip()
