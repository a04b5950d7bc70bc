"""Whoever holds a seized phone and the words: what they see and what they write."""

import re
from dataclasses import dataclass

from django.test import Client

from desk.stage import Sent
from door.posting import hidden_field, post

TALK, REPLY = "/ru/help/conversation", "/ru/help/reply"


@dataclass
class Holder:
    """Whoever holds the words, in a browser of their own."""

    client: Client
    sent: Sent

    def sees(self) -> bytes:
        """The whole page of the mailbox, without what is drawn anew for every page."""
        page = self.client.get(TALK)
        assert page.status_code == 200
        return re.sub(rb'name="(token|page_sign)" value="[^"]*"', b"", page.content)

    def writes(self, text: str) -> None:
        page = self.client.get(TALK).content
        fields = {name: hidden_field(page, name) for name in ("token", "page_sign")}
        assert post(self.client, REPLY, {**fields, "text": text}).status_code == 303
