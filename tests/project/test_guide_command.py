"""`leeside guide`: asked with facts from a file or a pipe, and honest about whatever is wrong with them."""

import io
import json
import shutil
from pathlib import Path

import pytest

from leeside.packs.reader import SHIPPED, shipped_names, shipped_pack
from leeside.project.cli import main

PACK = shipped_pack("refusal")
FACTS = """
where = "unit"
serves = "mobilised"
wants = "commission"
wounded = "once"
commission = "no"
presses = ["sent_back"]
learned_on = 2023-11-28
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.toml"
    file.write_text(FACTS, encoding="utf-8")
    return file


def ask(*words: object) -> int:
    return main(["guide", "ask", "--pack", "refusal", "--on", "2023-12-05", *map(str, words)])


def test_facts_from_a_file_are_answered_with_rules_days_papers_and_a_question(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("--facts", facts, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    applies = {one["id"]: one for one in answer["applies"]}
    assert "report_for_commission" in applies
    assert applies["report_for_commission"]["because"]
    assert applies["report_for_commission"]["mark"] in ("V1", "V2", "P")
    assert "report_commission" in {one["id"] for one in answer["papers"]}
    assert {one["id"]: one["day"] for one in answer["deadlines"]}["claim"] == "2024-02-28"
    assert answer["asks"]
    assert answer["on"] == "2023-12-05"


@pytest.mark.parametrize("language", PACK.languages)
def test_the_answer_can_be_read_in_every_language_of_the_pack(
    language: str, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("--facts", facts, "--language", language) == 0
    said = capsys.readouterr().out
    rule = PACK.guide.rule("report_for_commission")
    assert rule is not None
    assert rule.words[language].title in said
    assert rule.words[language].act in said


def test_json_and_a_situation_of_a_pack_are_facts_too(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("--facts", facts, "--json")
    answer = capsys.readouterr().out
    table = {"where": "unit", "serves": "mobilised", "wants": "commission", "wounded": "once"}
    table |= {"commission": "no", "presses": ["sent_back"], "learned_on": "2023-11-28"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(table)))
    assert ask("--facts", "-", "--json") == 0
    assert capsys.readouterr().out == answer
    situation = tmp_path / "situation.toml"
    situation.write_text(f'on = "2020-01-01"\n[facts]\n{FACTS}', encoding="utf-8")
    ask("--facts", situation, "--json")
    assert capsys.readouterr().out == answer


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('where = "moon"', "`where` has no option `moon`."),
        ('weather = "rain"', "there is no question `weather`."),
        ("learned_on = 2023-12-05T10:00:00", "`learned_on` needs a day"),
        ('learned_on = "5.12.2023"', "`learned_on` needs a day"),
        ('presses = "sent_back"', "`presses` needs a list of its options."),
        ("presses = [{a = 1}]", "`presses` needs a list of its options."),
        ("where = {a = 1}", "`where` has no option"),
        ("where = true", "`where` has no option `True`."),
        ("where", "is neither TOML nor JSON"),
        ('{"where": ', "is neither TOML nor JSON"),
        ('facts = "none"', "`facts` is no table"),
    ],
)
def test_a_slip_of_the_pen_is_named_and_nothing_is_answered(
    written: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts"
    file.write_text(written, encoding="utf-8")
    assert ask("--facts", file) == 1
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_a_file_that_is_not_there_or_is_no_text_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("--facts", tmp_path / "nothing") == 1
    assert "cannot be read: No such file or directory" in capsys.readouterr().err
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert ask("--facts", tmp_path / "bytes") == 1
    assert "is not a text in UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask"], "--facts and --on: needed"),
        (["ask", "--facts", "-", "--on", "2023-12-05"], "--pack: needed"),
        (["facts"], "--pack: needed"),
        (["facts", "--pack", "refusal", "--language", "xx"], "--language: the pack speaks"),
    ],
)
def test_what_is_missing_is_named_as_wrong_usage(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_day_has_one_spelling(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["guide", "ask", "--pack", "refusal", "--facts", str(facts), "--on", "20231205"])
    assert ended.value.code == 2
    assert "--on" in capsys.readouterr().err


def test_a_pack_that_is_none_is_refused(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["guide", "ask", "--pack", "nothing", "--facts", str(facts), "--on", "2023-12-05"]
    assert main(words) == 1
    assert "neither a folder nor a shipped pack" in capsys.readouterr().err


def test_the_shipped_guides_are_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == set(shipped_names())
    assert not any(one["faults"] for one in found.values())


def test_a_situation_that_does_not_come_out_and_a_country_without_calendar_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(SHIPPED / "refusal", tmp_path / "refusal"))
    terms = folder / "guide" / "terms.toml"
    terms.write_text(terms.read_text(encoding="utf-8").replace('country = "RU"', 'country = "XX"'), encoding="utf-8")
    situation = next(iter(sorted((folder / "guide" / "situations").glob("*.toml"))))
    text = situation.read_text(encoding="utf-8")
    other = next(rule.id for rule in PACK.guide.rules if f'"{rule.id}"' not in text)
    situation.write_text(text.replace("applies = [", f'applies = ["{other}", ', 1), encoding="utf-8")
    assert main(["guide", "check", "--pack", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "terms of XX cannot be counted" in said
    assert f"situation {situation.stem}: applies: `{other}` is written and does not come out" in said


def test_a_rule_without_one_kind_of_example_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(SHIPPED / "refusal", tmp_path / "refusal"))
    rule = folder / "guide" / "rules" / "health" / "report_for_commission.toml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace('applies = "unknown"', 'applies = "yes"'), encoding="utf-8")
    assert main(["guide", "check", "--pack", str(folder)]) == 1
    said = capsys.readouterr().out
    assert 'an example with `applies = "unknown"` is missing.' in said
    assert "not tried" in said


def test_facts_are_listed_with_their_options_as_the_pack_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "facts", "--pack", "refusal", "--json", "--language", "ru"]) == 0
    listed = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(listed) == {fact for fact in PACK.guide.facts if PACK.question(fact) is not None}
    assert listed["learned_on"]["kind"] == "date"
    where = PACK.question("where")
    assert where is not None
    assert list(listed["where"]["options"]) == [option.id for option in where.options]
    assert main(["guide", "facts", "--pack", "refusal"]) == 0
    assert "where (one): " in capsys.readouterr().out
