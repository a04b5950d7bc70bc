"""A browser without a screen, for measurements: it signs in at the desk and sends pages' forms with their tokens."""

import html
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from leeside.project.errors import ProjectError
from leeside.sealing.one_time_codes import code_at
from leeside.sealing.secrets import Secret

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Page:
    """What came back, and how long it took in seconds."""

    status: int
    body: bytes = field(repr=False)
    seconds: float
    location: str = ""

    @property
    def text(self) -> str:
        """The page, with what was escaped for HTML put back."""
        return html.unescape(self.body.decode())


class Visitor:
    """One signed-in browser on one kept connection."""

    def __init__(self, port: int) -> None:
        self._port, self._cookies, self._token = port, dict[str, str](), ""
        self._connection = http.client.HTTPConnection("localhost", port, timeout=120)

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form, with the token of the last page that had one."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self._token, **fields}).encode())

    def sign_in(self, slug: str, name: str, passphrase: str, code_secret: Secret) -> None:
        """Sign in as somebody."""
        self.get("/ru/")
        code = code_at(code_secret, int(time.time()))
        typed = {"line": slug, "name": name, "passphrase": passphrase, "code": code}
        if self.post("/ru/", typed).status != http.client.FOUND:
            raise ProjectError(f"{name} could not sign in to be measured")

    def _ask(self, method: str, path: str, body: bytes | None) -> Page:
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://localhost:{self._port}"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            page = self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The worker at the other end was replaced; the next one has not been asked yet.
            self._connection.close()
            begun = time.perf_counter()
            page = self._once(method, path, body, headers)
        page.seconds = time.perf_counter() - begun
        token = _TOKEN.search(page.body.decode("utf-8", "replace"))
        self._token = token[1] if token else self._token
        return page

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        self._connection.request(method, path, body, dict(headers))
        answer = self._connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return Page(answer.status, content, 0.0, answer.getheader("Location", ""))
