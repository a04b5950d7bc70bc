"""Papers of a pack: the shipped one maps every answer of the form to a holder; a bad one is told what does not fit."""

import shutil
from pathlib import Path

import pytest

from leeside.packs.reader import check_pack, shipped_pack

HERE = Path(__file__).parent
PACK = shipped_pack("refusal")
WORK = PACK.paper_work


def test_every_answer_of_the_form_about_a_paper_means_one_holder() -> None:
    asked = [paper for paper in WORK.papers if paper.question]
    assert {paper.id for paper in asked} == {"passport", "passport_abroad", "military_id", "medical"}
    for paper in asked:
        question = PACK.question(paper.question)
        assert question is not None
        assert all(WORK.holder_said(option.id) for option in question.options)
    said = WORK.holder_said("unit")
    assert said is not None
    assert said.keeps_it


@pytest.mark.parametrize("language", PACK.languages)
def test_every_paper_holder_authority_and_proposed_term_has_its_words(language: str) -> None:
    keys = [f"paper.{one.id}" for one in WORK.papers] + [f"holder.{one.id}" for one in WORK.holders]
    keys += [f"outgoing.{one.id}" for one in WORK.outgoing] + [f"authority.{one}" for one in WORK.authorities]
    keys += [f"answer_source.{one.id}" for one in WORK.outgoing if one.answer_days]
    assert all(PACK.text(key, language) for key in keys)


def test_a_day_is_proposed_only_where_a_source_was_found() -> None:
    proposed = {one.id: one.answer_days for one in WORK.outgoing if one.answer_days}
    assert proposed == dict.fromkeys(("report", "request", "complaint", "inquiry"), 30)


def test_every_holder_comes_near_to_an_answer_of_the_form() -> None:
    question = PACK.question("paper_passport")
    assert question is not None
    assert all(holder.option in {option.id for option in question.options} for holder in WORK.holders)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('[[papers]]\nid = "passport"\n', "`papers` need `holders`."),
        ('[[outgoing]]\nid = "report"\n', "`outgoing` need `authorities`."),
        (
            '[[papers]]\nid = "passport"\nquestion = "nowhere"\n[[holders]]\nid = "unit"\n',
            "`nowhere` is not a question of the kind `one`.",
        ),
        ('[[holders]]\nid = "unit"\n[[holders]]\nid = "unit"\n', "`unit` is defined twice."),
        (
            '[[holders]]\nid = "unit"\nsaid = ["unit"]\n[[holders]]\nid = "home"\nsaid = ["unit"]\n',
            "`unit` means another holder already.",
        ),
        (
            '[[holders]]\nid = "unit"\ncounts_as = "elsewhere"\n',
            "no holder is meant by `elsewhere`.",
        ),
        (
            '[[outgoing]]\nid = "report"\ntells = { nowhere = "yes" }\n[[authorities]]\nid = "court"\n',
            "there is no answer `yes` to `nowhere`.",
        ),
        (
            '[[outgoing]]\nid = "report"\ntells_day = "nowhere"\n[[authorities]]\nid = "court"\n',
            "`nowhere` is not a question of the kind `date`.",
        ),
        ('[[authorities]]\nid = "court"\n', "this text is missing in `en`."),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, written: str, told: str) -> None:
    folder = Path(shutil.copytree(HERE / "tiny", tmp_path / "tiny"))
    with (folder / "casework.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + written)
    assert any(problem.message == told for problem in check_pack(folder)), check_pack(folder)
