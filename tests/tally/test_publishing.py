"""From rows and a pack to a published edition: the calls of the command line and of the publisher's page."""

from datetime import date
from pathlib import Path

import pytest

from leeside.packs.reader import shipped_pack
from leeside.tally.edition_folder import read_edition
from leeside.tally.errors import EditionError
from leeside.tally.months import Month
from leeside.tally.publishing import draft_edition, publish_edition
from tally.making import DEMO, Row

ROWS = [Row(f"2023-{month:02}", "leave_service") for month, number in DEMO.items() for _ in range(number)]
TITLES = {"ru": "Линия", "en": "The line", "uk": "Лінія"}


def test_a_draft_is_published_once_and_freezes_its_months(tmp_path: Path) -> None:
    pack = shipped_pack("refusal")
    wanted = {"line": "refusal", "titles": TITLES, "today": date(2023, 12, 5)}
    draft = draft_edition(ROWS, pack, tmp_path, first=Month(2023, 4), last=Month(2023, 11), **wanted)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    publish_edition(tmp_path, draft)
    assert read_edition(tmp_path, "refusal", 1) == draft
    with pytest.raises(EditionError, match="published already"):
        publish_edition(tmp_path, draft)
    late = [*ROWS, *(Row("2023-04", "leave_service") for _ in range(3))]
    second = draft_edition(late, pack, tmp_path, first=Month(2023, 4), last=Month(2023, 11), **wanted)  # type: ignore[arg-type]
    assert second.number == 2
    assert second.main.value(Month(2023, 4)) == 70


def test_a_draft_says_what_the_press_said(tmp_path: Path) -> None:
    draft = draft_edition(
        ROWS,
        shipped_pack("refusal"),
        tmp_path,
        line="refusal",
        titles=TITLES,
        first=Month(2023, 4),
        last=Month(2023, 11),
        today=date(2023, 12, 5),
    )
    said = [each.texts["en"].replace("\N{NO-BREAK SPACE}", " ") for each in draft.statements_of(draft.main.id)]
    assert said == [
        "577 requests to leave the service from September to November, 89 % more than the 305 from June to August.",
        "October was highest with 218 requests, June lowest with 54.",
        "175 requests in November, fewer than in September and October but more than in any other month.",
        "1,037 requests to leave the service since April, more than half of them in the autumn.",
    ]
