"""Promise 11, for the search: what was looked through and not shown is in no process when the answer is there.

Real roles, real memory. Two letters: one that a search finds, and one that it opens and passes over. Afterwards every
process of the desk is searched, its lanes among them.
Broken on purpose to see it fail: `asking.search` that does the search in the worker.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from attacks.browser import PLAIN, Browser, desk_of, desk_post, send
from leeside.project.canaries import Canaries
from leeside.project.serving.processes import serving_processes
from plugins.lines import ServedLine

pytestmark = pytest.mark.memory

# No two of them share a half: the search of memory finds halves too.
SHOWN = "Кипрей зацвёл у старой водокачки раньше, чем обещали синоптики из районной газеты"
BEHIND = "Четыре зелёных чемодана стояли под лестницей до самого вторника без единой бирки"
PASSED_OVER = "Глухой фонарщик перепутал адреса и трижды постучался к соседям напротив пекарни"


def searched(line: ServedLine) -> Counter[str]:
    """Which of the sentences lie in the memory of any process of the desk."""
    pids = {pid: name for pid, name in serving_processes(line.directory).items() if name.startswith("desk")}
    assert len(pids) >= 1 + 2 + 4, "the parent, two workers, and two lanes of each"
    findings = Canaries([SHOWN, BEHIND, PASSED_OVER], {}).search_memory(pids)
    assert not findings.not_searched, findings.not_searched
    return Counter(findings.hits)


@pytest.mark.promise(11, "memory of the desk after a search, its waiting processes among them")
def test_what_a_search_looked_through_is_gone_when_it_answers(
    serve_line: Callable[..., ServedLine], attacks: Callable[[int], None], needs: Callable[..., None]
) -> None:
    needs("proc")
    line = serve_line()
    door = Browser(line.address("door"))
    send(door, PLAIN, text=f"{SHOWN} {'и так далее, ' * 40} {BEHIND}")
    send(door, PLAIN, text=PASSED_OVER)
    heron = desk_of(line.address("desk"), line.people["Heron"])
    assert not searched(line)
    page = desk_post(heron, "/en/search/", {"words": "кипрей"}, heron.get("/en/search/"))
    assert "<mark>Кипрей</mark>" in page.body.decode() and "Looked through 2 cases" in page.text
    found = searched(line)
    attacks(3)
    assert found[SHOWN], "the search of memory finds what is there"
    assert not found[BEHIND] and not found[PASSED_OVER], found
    nothing = desk_post(heron, "/en/search/", {"words": "никогда"}, heron.get("/en/search/"))
    assert "Nothing was found" in nothing.text
    assert not searched(line)[PASSED_OVER]
