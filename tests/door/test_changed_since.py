"""A rule changes under an answer: seen from the rule's file to the page, the file taken along and the command line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from door.posting import FORM
from leeside.door import answer_pages
from leeside.packs.guidebook.public_answers import PublicAnswer
from leeside.packs.pack import Pack
from leeside.packs.reader import SHIPPED, load_pack, shipped_names, shipped_pack
from leeside.project.cli import main

NAMES = [name for name in shipped_names() if shipped_pack(name).public_answers.answers]
CHANGED = {"ru": "Изменилось:", "en": "Changed since", "uk": "Змінилося:"}


@pytest.fixture(autouse=True)
def made_anew() -> Iterator[None]:
    answer_pages.forget_pages()
    yield
    answer_pages.forget_pages()


def changed(name: str, folder: Path) -> tuple[Pack, set[str], set[str]]:
    """The pack with one rule worded anew in its file; the answers that rest on it, and those that do not."""
    copy = Path(shutil.copytree(SHIPPED / name, folder / name))
    pack = shipped_pack(name)
    rule = next(rule for one in pack.public_answers.answers for rule in one.rules(pack.guide))
    (file,) = (copy / "guide" / "rules").rglob(f"{rule.id}.toml")
    text = file.read_text(encoding="utf-8")
    title = rule.words["ru"].title
    assert title in text
    file.write_text(text.replace(title, f"{title} (иначе)", 1), encoding="utf-8")
    under = {one.id for one in pack.public_answers.answers if rule.id in one.rests_on}
    return load_pack(copy), under, {one.id for one in pack.public_answers.answers} - under


@pytest.mark.promise(3, "a rule that changed under a public answer, unseen by who reads it")
@pytest.mark.parametrize("name", NAMES)
def test_who_reads_an_answer_sees_that_a_rule_under_it_changed(
    name: str, tmp_path: Path, door: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken on purpose: a digest without the words; a page kept from before; an index of digests read from the old."""
    whole, old = shipped_pack(name), {one.id: one for one in shipped_pack(name).public_answers.answers}
    monkeypatch.setattr(answer_pages, "pack_of", lambda line: whole)
    for one in old.values():
        for language in CHANGED:
            assert not is_told(door, one, language)
    pack, under, others = changed(name, tmp_path)
    answer_pages.forget_pages()
    monkeypatch.setattr(answer_pages, "pack_of", lambda line: pack)
    assert under and others
    for one in pack.public_answers.answers:
        for language in CHANGED:
            assert is_told(door, one, language) is (one.id in under), one.id
        assert (one.sign(pack.guide, "ru") != old[one.id].sign(whole.guide, "ru")) is (one.id in under)
    assert main(["pack", "digests", str(tmp_path / name)]) == 1
    assert capsys.readouterr().out.count("# changed") == len(under)


def is_told(door: Client, answer: PublicAnswer, language: str) -> bool:
    """Whether page and file say so, both or neither."""
    address = f"{FORM.replace('/ru/', f'/{language}/')}answers/{answer.address}"
    told = {CHANGED[language] in door.get(one).content.decode() for one in (address, f"{address}/file")}
    assert len(told) == 1, answer.id
    return told.pop()
