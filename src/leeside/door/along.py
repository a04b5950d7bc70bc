"""Public answers to take along: one file of HTML that asks nobody for anything, for a phone without a network or paper.

Rules:
1. Nothing in the file leads out of it: no script, no form, no address that a browser could open, and a policy of its
   own that forbids all of these. Addresses of sources are words.
2. It names no line, and neither title nor file name says what it is about: whoever sees a list of downloads learns
   nothing. What stands in it can be read by whoever opens it, and the file says so.
3. It says on which day it was read, of which day's law it is, that the law may have changed, and how to find out.
4. Every word of a pack is escaped. The same answers on the same day make the same bytes.

Plain Python without Django's settings: the command line makes such files too, and so may an offline letter.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Final

from leeside.door.along_words import WORDS, AlongWords
from leeside.packs.guidebook.citations import citation_of
from leeside.packs.guidebook.public_answers import Block, PublicAnswer
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.pack import Pack
from leeside.web.dates import write_day
from leeside.web.styles import InlineStyle, inline_style

_SHEET: Final = Path(__file__).parent / "static" / "door" / "along.css"
_SEEN: Final = frozenset({Confidence.OFFICIAL})


def file_name(answers: Sequence[PublicAnswer]) -> str:
    """What a browser calls the file: digits for one answer, nothing but a word for several."""
    return f"page-{answers[0].address}.html" if len(answers) == 1 else "pages.html"


def write_along(pack: Pack, answers: Sequence[PublicAnswer], language: str, on: date) -> str:
    """The file: these answers as somebody reads them on that day, in one language of the pack."""
    words, style = WORDS[language], inline_style(_SHEET)
    body = "\n".join([*_head(words, on, language), *_contents(answers, words, language)])
    articles = "\n".join("\n".join(_article(pack, one, words, language, on)) for one in answers)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style))}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(words.title)}</title>\n<style>{style.css}</style>\n</head>\n'
        f"<body>\n{body}\n<main>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def acts_under(answer: PublicAnswer, pack: Pack, language: str) -> dict[str, bool]:
    """The citations under an answer, each once, and whether the official text of all that is taken from it was seen."""
    acts: dict[str, bool] = {}
    for rule in answer.rules(pack.guide):
        act = citation_of(rule.words[language].act)
        acts[act] = acts.get(act, True) and rule.confidence in _SEEN
    return acts


def spoken(address: str) -> str:
    """An address as words, which no browser makes a link of."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _policy(style: InlineStyle) -> str:
    parts = ("default-src 'none'", f"style-src '{style.token}'", "img-src data:", "base-uri 'none'")
    return "; ".join((*parts, "form-action 'none'"))


def _head(words: AlongWords, on: date, language: str) -> Iterator[str]:
    read_on = words.read_on.format(day=write_day(on, language))
    yield f"<h1>{escape(words.title)}</h1>"
    yield f'<p class="day"><b>{escape(read_on)} {escape(words.may_have_changed)}</b> {escape(words.how_to_check)}</p>'
    yield f'<p class="about">{escape(words.what_it_is)} {escape(words.on_this_device)}</p>'


def _contents(answers: Sequence[PublicAnswer], words: AlongWords, language: str) -> Iterator[str]:
    if len(answers) > 1:
        yield f"<nav><h2>{escape(words.contents)}</h2>"
        yield from (f'<a href="#{one.address}">{escape(one.words[language].question)}</a>' for one in answers)
        yield "</nav>"


def _article(pack: Pack, answer: PublicAnswer, words: AlongWords, language: str, on: date) -> Iterator[str]:
    said = answer.words[language]
    yield f'<article id="{answer.address}">'
    yield f"<h2>{escape(said.question)}</h2>"
    changed = answer.changed_since(pack.guide, on)
    if changed is not None:
        yield f'<p class="changed"><b>{escape(words.changed.format(day=write_day(changed, language)))}</b></p>'
    yield f"<p><b>{escape(said.short)}</b></p>"
    yield from map(_block, said.rest)
    yield f"<h3>{escape(words.next)}</h3><p>{escape(said.next)}</p>"
    yield f'<div class="about"><p>{escape(_standing(answer, words, language))}</p>'
    acts = acts_under(answer, pack, language)
    yield from _list(words.rests_on, (act if seen else f"{act} ({words.compare})" for act, seen in acts.items()))
    yield from _list(words.read_at, (spoken(one.address) for one in answer.sources(pack.guide)))
    yield f'<p class="sign">{escape(words.sign.format(sign=answer.sign(pack.guide, language)))}</p></div>'
    yield "</article>"


def _standing(answer: PublicAnswer, words: AlongWords, language: str) -> str:
    as_of = words.as_of.format(day=write_day(answer.as_of, language))
    if answer.checked_on is None:
        return f"{as_of} {words.not_checked}"
    return f"{as_of} {words.checked.format(name=answer.checked_by, day=write_day(answer.checked_on, language))}"


def _block(block: Block) -> str:
    if block.is_list:
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in block.lines) + "</ul>"
    return "".join(f"<p>{escape(line)}</p>" for line in block.lines)


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    elements = "".join(f"<li>{escape(line)}</li>" for line in lines)
    if elements:
        yield f"<h3>{escape(title)}</h3><ul>{elements}</ul>"
