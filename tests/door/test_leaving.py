"""The quick way out over HTTP; that Back shows nothing afterwards is tried in a real browser elsewhere."""

import pytest
from django.test import Client, override_settings


@pytest.mark.parametrize("role", ["door", "mailbox"])
def test_leaving_goes_over_a_blank_page_that_clears_nothing_yet(request: pytest.FixtureRequest, role: str) -> None:
    client: Client = request.getfixturevalue(role)
    answer = client.get("/exit")
    assert answer.status_code == 200
    assert answer["Refresh"] == "0; url=/exit/left"
    assert "Clear-Site-Data" not in answer
    assert answer["Cache-Control"] == "no-store, no-transform"
    assert b'href="/exit/left"' in answer.content
    assert len(answer.content) < 200


@pytest.mark.parametrize("role", ["door", "mailbox"])
def test_then_it_clears_both_origins_and_goes_to_a_neutral_page(request: pytest.FixtureRequest, role: str) -> None:
    client: Client = request.getfixturevalue(role)
    answer = client.get("/exit/left")
    assert answer.status_code == 303
    other = {"door": "http://localhost:8001", "mailbox": "http://localhost:8000"}[role]
    assert answer["Location"] == f"{other}/exit/last"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    last = client.get("/exit/last")
    for step in (answer, last):
        assert step.status_code == 303
        assert step["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert step["Referrer-Policy"] == "no-referrer"
        assert step.content == b""
    assert last["Location"] == "https://www.wikipedia.org"


@override_settings(LEESIDE_DOOR_URL="https://line.example", LEESIDE_MAILBOX_URL="https://line.example/mailbox")
def test_under_one_name_one_step_clears_both(door: Client, mailbox: Client) -> None:
    assert door.get("/exit/left")["Location"] == "https://www.wikipedia.org"
    assert mailbox.get("/exit/left")["Location"] == "https://www.wikipedia.org"
