"""A whole life of a line, over HTTP: what people wrote, and every secret that went through the server meanwhile."""

from dataclasses import dataclass, field

from attacks.browser import FORM, HOT, PLAIN, Browser, Sent, desk_of, desk_post, enter_mailbox, send, sign_in, slugs_on
from attacks.filed import give, look_at_all, paper_that_says, photo_that_says, save_all, send_from_mailbox
from plugins.lines import ServedLine
from plugins.servers import run_command

STEP = {"step_what": "Позвонить в приёмную архивариуса Лапина", "step_day": "2030-01-15"}


@dataclass
class Life:
    """Everything that nobody but its readers may find, by what it is."""

    texts: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def canaries(self) -> list[str]:
        """All of it, to be looked for."""
        return [*self.texts.values(), *self.secrets.values()]


def text_of(what: str, number: int = 0) -> str:
    """A sentence that stands nowhere else, in Russian, long enough to be found in halves."""
    return f"Канарейка {number}: {what} — записано мелом на обратной стороне жёлтой двери"


def live(line: ServedLine) -> Life:
    """Deposit, read, answer, note, fact, reply, move, close, erase; sessions left open, sign-ins failed, a backup."""
    life = Life()
    door, mailbox, desk = (Browser(line.address(role)) for role in ("door", "mailbox", "desk"))
    for person in line.people.values():
        life.secrets[f"passphrase of {person.name}"] = person.passphrase
        life.secrets[f"code secret of {person.name}"] = person.code_secret.hex()
    _write(life, door)
    _fail(life, line, desk)
    _work(life, line)
    _come_back(life, line, mailbox)
    _file(life)
    _err(life, door)
    done = run_command("backup", directory=line.directory)
    assert done.returncode == 0, done.stderr
    for what, sent in life.sent.items():
        life.secrets[f"words of {what}"] = sent.words
        life.secrets[f"entropy of {what}"] = sent.entropy.hex()
    for name, browser in life.browsers.items():
        life.secrets |= {f"cookie {cookie} of {name}": value for cookie, value in browser.cookies.items()}
    return life


def _write(life: Life, door: Browser) -> None:
    for what, answers in (("answered", PLAIN), ("closed", PLAIN), ("erased", HOT), ("hot", HOT), ("waiting", PLAIN)):
        life.texts[f"letter {what}"] = text_of(f"письмо {what}")
        life.texts[f"name {what}"] = f"Афанасий Перепёлкин-{what}"
        life.texts[f"place {what}"] = f"третий корпус за водокачкой {what}"
        life.sent[what] = send(
            door,
            answers,
            text=life.texts[f"letter {what}"],
            name=life.texts[f"name {what}"],
            place=life.texts[f"place {what}"],
        )


def _fail(life: Life, line: ServedLine, desk: Browser) -> None:
    wrong = {"name": "Незваный Гостев Иванович", "passphrase": "шесть неверных слов подряд никому ненужных"}
    life.texts |= {f"wrong {what}": typed for what, typed in wrong.items()}
    for what, typed in wrong.items():
        assert sign_in(desk, line.people["Wren"], **{what: typed}).status == 403


def _work(life: Life, line: ServedLine) -> None:
    base = line.address("desk")
    heron = life.browsers["Heron"] = desk_of(base, line.people["Heron"])
    willow = life.browsers["Willow"] = desk_of(base, line.people["Willow"])
    wren = life.browsers["Wren"] = desk_of(base, line.people["Wren"])
    for slug in slugs_on(heron.get("/en/queue/?tab=all")):
        page = heron.get(f"/en/case/{slug}/").text
        life.slugs |= {what: slug for what in life.sent if life.texts[f"letter {what}"] in page}
    assert set(life.slugs) == set(life.sent)
    for what, reader in (("answered", wren), ("closed", wren), ("hot", willow)):
        path = f"/en/case/{life.slugs[what]}/"
        for kind in ("answer", "note"):
            life.texts[f"{kind} {what}"] = text_of(f"{kind} {what}")
            page = reader.get(path)
            posted = desk_post(reader, path + kind, {"text": life.texts[f"{kind} {what}"], **STEP}, page)
            assert posted.status == 302, posted.text[-1500:]
        fact = {"fact": "region", "value": "volga", "source": "said", "day": "2023-11-01"}
        assert desk_post(reader, path + "fact", fact).status == 302
        _tell_of_the_law(life, reader, what)
    assert life.texts["name hot"] in desk_post(willow, f"/en/case/{life.slugs['hot']}/drawer/identity", {}).text
    life.texts["step"] = STEP["step_what"]
    closing = {"outcome": "answered", "follow_up": "2030-02-01"}
    path = f"/en/case/{life.slugs['closed']}/"
    assert desk_post(wren, path + "confirm", {"kind": _first_kind(wren.get(path).body.decode())}).status == 302
    assert desk_post(wren, path + "close", closing).status == 302
    life.texts["reason"] = text_of("слишком горячо для меня")
    path = f"/en/case/{life.slugs['answered']}/"
    assert desk_post(wren, path + "move", {"circle": "closed", "reason": life.texts["reason"]}).status == 302
    for stranger in ("Finch", "Larch"):
        life.browsers[stranger] = desk_of(base, line.people[stranger])
    assert desk_post(life.browsers["Finch"], "/en/lock", {"way": "out"}).status == 302


def _tell_of_the_law(life: Life, reader: Browser, what: str) -> None:
    """An answer that tells a rule, advice by telephone, a deadline by hand that is done, and the guide asked without a
    case."""
    path, rule = f"/en/case/{life.slugs[what]}/", "complaint_to_prosecutor"
    for kind in ("told line", "told answer", "deadline", "reason of a deadline", "what was done", "what if"):
        life.texts[f"{kind} {what}"] = text_of(f"{kind} {what}")
    told = {"text": life.texts[f"told answer {what}"], "told": rule, "meant": "yes"}
    assert desk_post(reader, path + "answer", told).status == 302
    called = {"told": rule, "day": "2023-11-01", "way": "phone", "line": life.texts[f"told line {what}"]}
    assert desk_post(reader, path + "law/told", called).status == 302
    title, reason = life.texts[f"deadline {what}"], life.texts[f"reason of a deadline {what}"]
    by_hand = {"do": "set", "title": title, "reason": reason, "day": "2030-01-15"}
    assert desk_post(reader, path + "law/days", by_hand).status == 302
    page = reader.get(path + "law/days")
    assert title in page.text
    key = page.text.partition('name="key" value="')[2].partition('"')[0]
    done = {"do": "done", "key": key, "line": life.texts[f"what was done {what}"]}
    assert desk_post(reader, path + "law/days", done).status == 302
    for kind in ("name on a paper", "diagnosis on a paper"):
        life.texts[f"{kind} {what}"] = text_of(f"{kind} {what}")
    paper = {
        "f-full_name": life.texts[f"name on a paper {what}"],
        "f-diagnosis": life.texts[f"diagnosis on a paper {what}"],
    }
    for do, status in (("docx", 200), ("pdf", 200), ("keep", 302)):
        assert desk_post(reader, path + "letter/report_commission/", {"do": do, **paper}).status == status
    assert desk_post(reader, "/en/guide/", {"now-where": life.texts[f"what if {what}"]}).status == 422
    assert desk_post(reader, "/en/guide/", {"begin": "case", "case": life.slugs[what]}).status == 200


def _first_kind(page: str) -> str:
    return page.partition('name="kind"')[2].partition('<option value="')[2].partition('"')[0]


def _come_back(life: Life, line: ServedLine, mailbox: Browser) -> None:
    for what in ("answered", "hot"):
        mailbox.cookies.clear()
        page = enter_mailbox(mailbox, life.sent[what].words)
        assert life.texts[f"answer {what}"] in page.text
        life.texts[f"reply {what}"] = text_of(f"ответ писавшего {what}")
        fields = {
            "text": life.texts[f"reply {what}"],
            "token": page.field("token"),
            "page_sign": page.field("page_sign"),
        }
        assert mailbox.post(FORM + "reply", fields).status == 303
    life.browsers["writer"] = Browser(mailbox.base, dict(mailbox.cookies))
    wrong = "акула " * 12
    assert mailbox.post(FORM, {"words": wrong, "text": text_of("под неверными словами")}).status in {400, 403}
    life.texts["under wrong words"] = text_of("под неверными словами")
    mailbox.cookies.clear()
    enter_mailbox(mailbox, life.sent["erased"].words)
    page = mailbox.get(FORM + "erase")
    assert mailbox.post(FORM + "erase", {"token": page.field("token"), "sure": "yes"}).status == 200


def _file(life: Life) -> None:
    """Papers come in through the mailbox, are looked at and downloaded; one goes back and is saved."""
    writer, willow, slug = life.browsers["writer"], life.browsers["Willow"], life.slugs["hot"]
    for what in ("in a photo", "in a paper", "in a given paper", "line with it"):
        life.texts[what] = text_of(f"файл {what}")
    for what in ("photo's name", "paper's name", "given name"):
        life.texts[what] = f"Перепёлкин, жёлтая дверь, {what}.pdf"
    photo, paper = photo_that_says(life.texts["in a photo"]), paper_that_says(life.texts["in a paper"])
    sent = send_from_mailbox(writer, {life.texts["photo's name"]: photo, life.texts["paper's name"]: paper})
    assert sent.status == 303, sent.text[-1500:]
    came = look_at_all(willow, slug)
    # With them came their pictures, and the two files of the paper that was kept.
    assert photo in came and paper in came and len(came) > 5
    given = paper_that_says(life.texts["in a given paper"])
    assert give(willow, slug, life.texts["given name"], life.texts["line with it"], given).status == 302
    assert save_all(writer) == [given]


def _err(life: Life, door: Browser) -> None:
    life.texts["of a missing page"] = "нет-такой-страницы-о-которой-кто-то-спросил"
    from urllib.parse import quote

    assert door.get(f"/ru/{quote(life.texts['of a missing page'])}/").status == 404
    life.texts["oversized"] = text_of("слишком длинное письмо")
    assert door.post(FORM, {"text": life.texts["oversized"] * 6_000}).status == 413
    life.texts["too long"] = text_of("длинное письмо")
    fields = {**PLAIN, "text": life.texts["too long"] * 600}
    assert door.post(FORM, fields).status == 200
    life.texts["of another kind"] = text_of("в теле другого вида")
    kind = [("Content-Type", "multipart/form-data; boundary=x"), ("Sec-Fetch-Site", "same-origin")]
    body = f'--x\r\nContent-Disposition: form-data; name="text"; filename="{life.texts["oversized"]}"\r\n\r\n'
    body += life.texts["of another kind"] + "\r\n--x--\r\n"
    assert door.request("POST", FORM, body.encode(), kind).status == 400
