import pytest
from django.test import Client


@pytest.mark.parametrize("role", ["door", "mailbox"])
def test_leaving_clears_this_browser_and_goes_to_a_neutral_page(request: pytest.FixtureRequest, role: str) -> None:
    client: Client = request.getfixturevalue(role)
    answer = client.get("/exit")
    assert answer.status_code == 303
    assert answer["Location"] == "https://www.wikipedia.org"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store, no-transform"
    assert answer.content == b""
