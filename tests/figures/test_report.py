"""What the command line prints."""

import json
from pathlib import Path

from figures.shelves import publish
from leeside.figures.report import edition_report


def test_the_demo_says_what_the_press_said(tmp_path: Path) -> None:
    report = json.loads(json.dumps(edition_report(publish(tmp_path), "en")))
    assert report["months"] == {
        "2023-04": 70,
        "2023-05": 85,
        "2023-06": 54,
        "2023-07": 112,
        "2023-08": 139,
        "2023-09": 184,
        "2023-10": 218,
        "2023-11": 175,
    }
    assert [said.replace("\N{NO-BREAK SPACE}", " ") for said in report["statements"]] == [
        "577 requests to leave the service from September to November, 89 % more than the 305 from June to August.",
        "October was highest with 218 requests, June lowest with 54.",
        "175 requests in November, fewer than in September and October but more than in any other month.",
        "1,037 requests to leave the service since April, more than half of them in the autumn.",
    ]
    assert report["further_statements"]
    assert set(report["series"]) == {"requests", "counselled"}


def test_claims_stand_apart_with_their_numbers_or_without(tmp_path: Path) -> None:
    claims = {claim["id"]: claim for claim in edition_report(publish(tmp_path), "ru")["claims"]}
    assert claims["court_cases"]["numbers"] == [4121, 3470]
    assert claims["lawyers_cannot_estimate"]["numbers"] == []
    assert claims["helped_not_disclosed"]["caveat"] is None
    assert claims["vast_majority_suspended"]["contradicts"] == ["suspended_of_known_texts"]


def test_a_hidden_month_is_null(tmp_path: Path) -> None:
    report = edition_report(publish(tmp_path, months={4: 70, 5: 3, 6: 54}, last=6), "uk")
    assert report["months"] == {"2023-04": 70, "2023-05": None, "2023-06": 54}
    assert all("3" not in said for said in report["statements"])
