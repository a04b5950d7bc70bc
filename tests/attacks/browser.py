"""A browser as the attacks need one: cookies, same-origin headers, forms; and nothing that a real one would hide."""

import html
import http.client
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from plugins.lines import ADDRESS, SLUG, Person

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, with what was escaped for HTML put back."""
        return html.unescape(self.body.decode("utf-8", "replace"))

    def header(self, name: str) -> str:
        """The first header of a name, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def all_of(self, name: str) -> list[str]:
        """Every header of a name."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def field(self, name: str) -> str:
        """The value of a hidden field on the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body.decode("utf-8", "replace"))
        assert found is not None, f"no field {name} on the page:\n{self.body[:400]!r}"
        return html.unescape(found[1])


@dataclass
class Browser:
    """One browser at one role's address. Redirects are handed back, not followed."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 60.0

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Iterable[tuple[str, str]] = ()
    ) -> Answer:
        """One request on a connection of its own, with exactly these headers and the cookies."""
        parts = urlsplit(self.base)
        connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port, timeout=self.timeout)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            if self.cookies:
                connection.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
            if body is not None and "content-length" not in {name.lower() for name, _ in headers}:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answered = connection.getresponse()
            answer = Answer(answered.status, tuple(answered.getheaders()), answered.read())
        finally:
            connection.close()
        for cookie in answer.all_of("Set-Cookie"):
            self._keep(cookie)
        return answer

    def get(self, path: str) -> Answer:
        """Open a page of ours as somebody who follows a link on it."""
        return self.request("GET", path, headers=[("Sec-Fetch-Site", "same-origin")])

    def post(self, path: str, fields: Fields | bytes) -> Answer:
        """Send a form from a page of ours."""
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
        return self.request("POST", path, body, self.own_headers())

    def own_headers(self) -> list[tuple[str, str]]:
        """What a browser says when a page of this origin posts a form."""
        form = "application/x-www-form-urlencoded"
        return [("Content-Type", form), ("Sec-Fetch-Site", "same-origin"), ("Origin", self.base)]

    def follow(self, answer: Answer) -> Answer:
        """Go where a redirect points, on this origin."""
        assert answer.status in {302, 303}, (answer.status, answer.body[:300])
        return self.get(answer.header("Location"))

    def _keep(self, cookie: str) -> None:
        pair, _, attributes = cookie.partition(";")
        name, _, value = pair.partition("=")
        if "max-age=0" in attributes.lower() or value in {"", '""'}:
            self.cookies.pop(name.strip(), None)
        else:
            self.cookies[name.strip()] = value


@dataclass(frozen=True)
class Sent:
    """A request that was acknowledged: its words, the receipt's bytes, and what the page said."""

    words: str
    entropy: bytes
    fields: dict[str, str | list[str]]
    page: bytes


FORM = f"/ru/{ADDRESS}/"
PLAIN: Fields = {"voice": "self", "where": "home", "wants": "summons", "region": "northwest"}
HOT: Fields = {"voice": "self", "where": "awol", "wants": "protection", "region": "volga"}


def words_on(page: Answer) -> str:
    """The twelve words on a page of the door."""
    found = re.findall(r"<li>([^<\s]+)", page.body.decode().partition('class="words"')[2])
    assert len(found) >= 12, page.body[:600]
    return " ".join(found[:12])


def fill_form(browser: Browser, answers: Fields, **more: str) -> dict[str, str | list[str]]:
    """The form's fields as somebody filled them in, with the receipt that the form shows."""
    page = browser.get(FORM)
    assert page.status == 200, (page.status, page.body[:300])
    return {**answers, **more, "receipt": page.field("receipt")}  # type: ignore[dict-item]


def send(browser: Browser, answers: Fields = PLAIN, **more: str) -> Sent:
    """Fill in the form and send it, as a browser without script does."""
    fields = fill_form(browser, answers, **more)
    page = browser.post(FORM, fields)
    assert page.status == 200 and 'name="receipt"' not in page.body.decode(), (page.status, page.text[-1500:])
    return Sent(words_on(page), bytes.fromhex(str(fields["receipt"]))[:16], dict(fields), page.body)


def enter_mailbox(browser: Browser, words: str) -> Answer:
    """Hand in the words; the conversation."""
    answer = browser.post(FORM, {"words": words})
    return browser.follow(answer)


def sign_in(browser: Browser, person: Person, **changed: str) -> Answer:
    """Sign a colleague in at the desk; the page's answer as it comes."""
    page = browser.get("/en/")
    typed = {"line": SLUG, "name": person.name, "passphrase": person.passphrase} | changed
    token = page.field("csrfmiddlewaretoken")
    return browser.post("/en/", {"csrfmiddlewaretoken": token, "code": person.code(), **typed})


def desk_of(base: str, person: Person) -> Browser:
    """A browser in which a colleague is signed in."""
    browser = Browser(base)
    answer = sign_in(browser, person)
    assert answer.status == 302, answer.text[:1500]
    return browser


def desk_post(browser: Browser, path: str, fields: Fields, page: Answer | None = None) -> Answer:
    """Post a form of the desk, with the token of one of its pages."""
    page = page or browser.get("/en/queue/")
    token = page.field("csrfmiddlewaretoken")
    return browser.post(path, {"csrfmiddlewaretoken": token, **fields})  # type: ignore[dict-item]


def slugs_on(page: Answer) -> list[str]:
    """The code names that a page links to, in its order, each once."""
    return list(dict.fromkeys(re.findall(r"/en/case/([a-z0-9-]+)/", page.body.decode())))
