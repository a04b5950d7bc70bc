"""What the guide costs: all rules of each shipped pack on one case, with its deadlines and the question to ask next;
and a recall of ten thousand open cases (`recall_founding` says what of it is measured)."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Final

from leeside.guide.evaluating import ask_guide
from leeside.letters.docx import write_docx
from leeside.letters.filling import fill
from leeside.letters.pdf import write_pdf
from leeside.letters.trying import labels_in
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_names, shipped_pack
from leeside.project.bench.installations import measured_by
from leeside.project.bench.recall_founding import DIFFERS_EVERY
from leeside.project.bench.rows import Row
from leeside.project.errors import ProjectError

_ROUNDS: Final = 200
_BAR_MS: Final = 5.0
_RECALLED: Final = 10_000
_RECALL_BAR: Final = 2_000
_PAPERS: Final = 5
_LONG: Final = "A sentence as people write it, neither short nor long. " * 20
_PAPER_BAR_MS: Final = 300.0


def measure(say: Callable[[str], None]) -> Iterator[Row]:
    """One row a pack: the slowest of its worked situations, each the median of many rounds.

    Each is asked with all its facts, with every other one, and with none: what is open costs more than what is known.
    """
    for name in shipped_names():
        pack = shipped_pack(name)
        book = pack.guide
        if not book.situations:
            continue
        questions = {question.id: question for question in pack.all_questions}
        say(f"{name}: {len(book.rules)} rules on {len(book.situations)} situations, {_ROUNDS} rounds each")
        slowest = 0.0
        for situation in book.situations:
            known = list(situation.facts.items())
            for facts in (dict(known), dict(known[::2]), {}):
                taken = []
                for _ in range(_ROUNDS):
                    begun = time.perf_counter()
                    ask_guide(book, questions, facts, situation.on)
                    taken.append(time.perf_counter() - begun)
                slowest = max(slowest, median(taken))
        yield Row(f"guide: {len(book.rules)} rules of {name} on one case", slowest * 1000, "ms", _BAR_MS, "lower")
        if pack.letters.texts:
            yield _measure_papers(pack)
    yield from _recall(say)


def _recall(say: Callable[[str], None]) -> Iterator[Row]:
    say(f"filling {_RECALLED:,} open cases that were told something, then comparing them on one core")
    made = measured_by("recall_founding", [str(_RECALLED)])
    if made["looked"] != _RECALLED or made["differ"] != _RECALLED // DIFFERS_EVERY:
        raise ProjectError("a recall did not go over what is there, or found something else")
    speed = made["looked"] / made["seconds"]
    yield Row(f"recall: {_RECALLED:,} open cases, opened and compared", round(speed), "cases/s", _RECALL_BAR, "higher")


def _measure_papers(pack: Pack) -> Row:
    """The slowest paper of a pack: filled from the longest situation and written both ways, the median of a few."""
    situation = max(pack.guide.situations, key=lambda one: len(one.facts))
    slowest = 0.0
    for text in pack.letters.texts.values():
        taken = []
        for _ in range(_PAPERS):
            begun = time.perf_counter()
            values = {name: _LONG for name, field in text.fields.items() if field.is_long}
            labels = labels_in(pack, text.language)
            filled = fill(text, pack.guide, facts=situation.facts, values=values, labels=labels, on=situation.on)
            write_docx(filled)
            write_pdf(filled)
            taken.append(time.perf_counter() - begun)
        slowest = max(slowest, median(taken))
    return Row(
        f"letter: the slowest of {len(pack.letters.texts)} of {pack.name}, DOCX and PDF",
        slowest * 1000,
        "ms",
        _PAPER_BAR_MS,
        "lower",
    )
