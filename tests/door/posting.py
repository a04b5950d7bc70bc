"""How tests write letters: what a browser posts, and what stands on the page that comes back."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.test import Client

FORM = "/ru/help/"
TYPE = "application/x-www-form-urlencoded"
STORY = "Второе ранение, почки. Комиссии не было, <говорят>, в понедельник & обратно."
LETTER = {"voice": "self", "where": "hospital", "wants": "commission", "text": STORY}


def post(client: Client, address: str, fields: Any, **headers: str) -> Any:
    """Post a form as a browser does. `fields` is a mapping, a list of pairs, or ready bytes."""
    body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
    return client.post(address, body, content_type=TYPE, **headers)


def text_on(page: bytes, name: str = "text") -> str:
    """What stands in a text area of a page, as the person sees it."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n(.*?)</textarea>', page.decode(), re.DOTALL)
    assert found is not None, "no such text area"
    return unescape(found[1])


def hidden_field(page: bytes, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.decode())
    assert found is not None, "no such field"
    return unescape(found[1])


def notice_on(page: bytes) -> str:
    """The sentence above the page's text, or nothing."""
    found = re.search(r'<div class="notice[^>]*><p>(.*?)</p></div>', page.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""
