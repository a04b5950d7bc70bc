"""What must be true of a pack as a whole: ids that fit each other, and nothing in clear that must not be.

Each check takes a draft (the finished values, and the files they came from) and notes what it finds with file, line
and key. None stops at the first fault: an author wants to hear all of them at once.
"""

from collections.abc import Callable, Iterable
from typing import Final

from leeside.packs.answers import VOICE_FIELD
from leeside.packs.casework_checks import check_casework
from leeside.packs.conditions import TODAY, Compare, Condition, Contains, Facts, IsIn, Test, leaves_of
from leeside.packs.contradictions import can_be_true
from leeside.packs.draft import LATER_PART, Draft, fault_of_options
from leeside.packs.files import Findings, PackFile
from leeside.packs.marks import LookBy, Urgency
from leeside.packs.meanings import faults_of_meanings
from leeside.packs.places import Path
from leeside.packs.questions import Question
from leeside.packs.training import faults_of_training
from leeside.sealing.compartments import Compartment

LIMIT_CLEAR_COMBINATIONS: Final = 256
"""So many different sets of marks (circle, urgency, look-by, language) may a seized database show for a case; with
more, the marks themselves would begin to tell people apart."""

RESERVED_IDS: Final = frozenset({VOICE_FIELD, TODAY, "receipt", "words", "language"})
"""Names that the form or the rules use themselves."""


Check = Callable[[Draft, Findings], None]


def check_draft(draft: Draft, folder_name: str, findings: Findings) -> None:
    """Notes everything that is wrong with the draft."""
    if draft.files["pack"].table["name"] != folder_name:
        draft.files["pack"].note(findings, ("name",), f"the pack's name must be that of its folder, `{folder_name}`.")
    for check in _CHECKS:
        check(draft, findings)


def _check_ids_are_unique(draft: Draft, findings: Findings) -> None:
    for file, part, key in (
        ("pack", "voices", "id"),
        ("pack", "circles", "name"),
        ("casework", "stages", "id"),
        ("casework", "outcomes", "id"),
        ("casework", "canned", "id"),
        ("casework", "kinds", "id"),
        ("casework", "steps", "id"),
        ("casework", "papers", "id"),
        ("casework", "holders", "id"),
        ("casework", "outgoing", "id"),
        ("casework", "authorities", "id"),
        ("casework", "receivers", "id"),
        ("figures", "series", "id"),
        ("figures", "dimensions", "id"),
        ("claims", "claims", "id"),
        ("team", "training", "id"),
    ):
        ids = [each[key] for each in draft.tables(file, part)]
        for index, each in enumerate(ids):
            if each in ids[:index]:
                draft.files[file].note(findings, (part, index, key), f"`{each}` is defined twice.")
    seen: set[str] = set()
    for question, path in draft.question_paths():
        if question.id in seen:
            draft.files["questions"].note(findings, (*path, "id"), f"`{question.id}` is asked twice.")
        if question.id in RESERVED_IDS:
            draft.files["questions"].note(findings, (*path, "id"), f"`{question.id}` is a word of the form itself.")
        seen.add(question.id)


def _check_meanings(draft: Draft, findings: Findings) -> None:
    file = draft.files["questions"]
    for path, message in faults_of_meanings(file.table, draft.by_id):
        file.note(findings, path, message)


def _check_places(draft: Draft, findings: Findings) -> None:
    """A pack that promises to ask for no place has no question whose answer would be sealed as one."""
    if draft.files["pack"].table.get("asks_no_place", False):
        for question, path in draft.question_paths():
            if question.compartment == Compartment.PLACE:
                message = f"`{question.id}` asks for a place, and `asks_no_place` promises that nothing does."
                draft.files["questions"].note(findings, (*path, "compartment"), message)


def _check_training(draft: Draft, findings: Findings) -> None:
    file = draft.files["team"]
    for path, message in faults_of_training(file.table, frozenset(draft.all_by_id)):
        file.note(findings, path, message)


def _check_voices(draft: Draft, findings: Findings) -> None:
    file = draft.files["pack"]
    known = {voice.id for voice in draft.voices}
    for index, voice in enumerate(draft.voices):
        path = ("voices", index, "falls_back_to")
        earlier = {each.id for each in draft.voices[:index]}
        if voice.falls_back_to and voice.falls_back_to not in known:
            file.note(findings, path, f"`{voice.falls_back_to}` is not a voice of this pack.")
        elif voice.falls_back_to and voice.falls_back_to not in earlier:
            file.note(findings, path, f"`{voice.falls_back_to}` must stand before `{voice.id}`.")
        if not voice.falls_back_to and index > 0:
            file.note(findings, ("voices", index), f"`{voice.id}` must fall back to an earlier voice.")
        if voice.falls_back_to and index == 0:
            file.note(findings, path, "the first voice is the plainest and falls back to none.")


def _check_circles(draft: Draft, findings: Findings) -> None:
    file = draft.files["pack"]
    held = {name for each in draft.tables("pack", "circles") for name in each["may_hold"]}
    for compartment in ("story", "identity", "place", "work"):
        if compartment not in held:
            file.note(findings, ("circles",), f"no circle may hold `{compartment}`, so nobody could work with it.")
    for index, each in enumerate(draft.tables("pack", "circles")):
        if each["name"] == "lead":
            file.note(findings, ("circles", index, "name"), "`lead` exists in every line and is not named here.")
        if "story" not in each["may_hold"]:
            message = "a circle that may not hold `story` cannot read a case."
            file.note(findings, ("circles", index, "may_hold"), message)
    count = len(draft.tables("pack", "circles")) * len(Urgency) * len(LookBy) * len(file.table["languages"])
    if count > LIMIT_CLEAR_COMBINATIONS:
        file.note(
            findings,
            ("circles",),
            f"circles, urgencies, look-by buckets and languages make {count} combinations in clear;"
            f" at most {LIMIT_CLEAR_COMBINATIONS} are allowed.",
        )


def _check_questions(draft: Draft, findings: Findings) -> None:
    file = draft.files["questions"]
    voices = {voice.id for voice in draft.voices}
    for question, path in draft.question_paths():
        chooses = question.kind in ("one", "many")
        if chooses and not question.options:
            file.note(findings, path, f"a question of the kind `{question.kind}` needs `options`.")
        if not chooses and question.options:
            file.note(findings, (*path, "options"), f"a question of the kind `{question.kind}` has no options.")
        if question.limit and question.kind not in ("short", "text"):
            file.note(findings, (*path, "limit"), "only questions of the kinds `short` and `text` have a limit.")
        for fault in _faults_of_card(question, path) if question.on_card else ():
            file.note(findings, (*path, "on_card"), fault)
        for key, named in (
            ("voices", question.voices),
            ("voices_of_option", tuple(voice for option in question.options for voice in option.voices)),
        ):
            for voice in named:
                if voice not in voices:
                    file.note(findings, (*path, key), f"`{voice}` is not a voice of this pack.")


def _faults_of_card(question: Question, path: Path) -> Iterable[str]:
    if path[0] == LATER_PART:
        yield "what is asked later does not stand on the card."
    if not question.is_closed:
        yield "free text may not stand on the card."
    if question.compartment.name != "STORY":
        yield "the card is sealed with the story: no other compartment's answer."


def _check_form(draft: Draft, findings: Findings) -> None:
    file = draft.files["questions"]
    by_id = draft.by_id
    need = by_id.get(file.table["need"])
    if need is None or need.kind != "one":
        file.note(findings, ("need",), f"`{file.table['need']}` is not a question of the kind `one`.")
    for index, each in enumerate(file.table["at_least_one_of"]):
        question = by_id.get(each)
        if question is None:
            file.note(findings, ("at_least_one_of", index), f"there is no question `{each}`.")
        elif question.condition is not None:
            file.note(findings, ("at_least_one_of", index), f"`{each}` is not always asked.")
    for index, each in enumerate(file.table.get("queue_row", ())):
        question = by_id.get(each)
        if question is None:
            file.note(findings, ("queue_row", index), f"there is no question `{each}`.")
        elif question.kind not in ("one", "many") or not question.on_card:
            file.note(findings, ("queue_row", index), f"`{each}` is no choice on the card.")


def _check_conditions_of_questions(draft: Draft, findings: Findings) -> None:
    file = draft.files["questions"]
    ids = [question.id for question in draft.all_questions]
    for index, (question, path) in enumerate(draft.question_paths()):
        if question.condition is None:
            continue
        for test in leaves_of(question.condition):
            if test.fact in ids[index:]:
                message = f"`{test.fact}` is asked later (or here); look at earlier answers."
                file.note(findings, (*path, "when"), message)
        for fault in _faults_of_condition(draft, question.condition, questions_are_sound=True):
            file.note(findings, (*path, "when"), fault)


def _check_conditions_of_rules(draft: Draft, findings: Findings) -> None:
    file = draft.files["rules"]
    rules = draft.rules
    # What broken questions make impossible is no fault of the rules.
    are_sound = all(problem.file != draft.files["questions"].name for problem in findings.problems)
    for part, conditions, may_ask_voice in (
        ("routing", [rule.condition for rule in rules.routing], False),
        ("urgency", [rule.condition for rule in rules.urgency], False),
        ("flags", [rule.condition for rule in rules.flags], True),
        ("voices", [rule.condition for rule in rules.voices], True),
    ):
        for index, condition in enumerate(conditions):
            for fault in _faults_of_condition(draft, condition, are_sound, may_ask_voice):
                file.note(findings, (part, index, "when"), fault)


def _faults_of_condition(
    draft: Draft,
    condition: Condition,
    questions_are_sound: bool,
    may_ask_voice: bool = False,
    known: Iterable[Facts] = (),
) -> list[str]:
    faults = [
        fault for test in leaves_of(condition) if (fault := _fault_of_test(test, draft, may_ask_voice)) is not None
    ]
    # A condition without any test stands for one that could not be read, which is noted already.
    can_be_judged = questions_are_sound and not faults and any(True for _ in leaves_of(condition))
    if can_be_judged and not can_be_true(condition, draft.all_by_id, known):
        return ["this can never be true: its parts contradict each other."]
    return faults


def faults_of_law(draft: Draft, condition: Condition, known: Iterable[Facts]) -> list[str]:
    """What is wrong with the condition of a rule of the guide, in sentences. `known` are facts that it should fit."""
    return _faults_of_condition(draft, condition, questions_are_sound=True, known=known)


def _fault_of_test(test: Test, draft: Draft, may_ask_voice: bool) -> str | None:
    if test.fact == VOICE_FIELD and may_ask_voice:
        known = {voice.id for voice in draft.voices}
        wrong = [value for value in test.values if value not in known] if isinstance(test, IsIn) else []
        return f"`{wrong[0]}` is not a voice of this pack." if wrong else None
    question = draft.all_by_id.get(test.fact)
    if question is None:
        return "today is only for `days_from_today`." if test.fact == TODAY else f"there is no question `{test.fact}`."
    return _fault_of_kind(test, question)


def _fault_of_kind(test: Test, question: Question) -> str | None:
    words, kind = _needed_kind(test)
    if kind and question.kind != kind:
        return f"{words} a question of the kind `{kind}`; `{test.fact}` is of the kind `{question.kind}`."
    if isinstance(test, IsIn):
        return fault_of_options(question, test.values)
    if isinstance(test, Contains):
        return fault_of_options(question, (test.value,))
    if isinstance(test, Compare) and isinstance(test.bound, (int, float)):
        return f"`{test.fact}` is a date: compare it with a date or with `days_from_today`."
    return None


def _needed_kind(test: Test) -> tuple[str, str]:
    if isinstance(test, IsIn):
        return "`is` and `in` need", "one"
    if isinstance(test, Contains):
        return "`contains` needs", "many"
    return (f"`{test.operator}` needs", "date") if isinstance(test, Compare) else ("", "")


def _check_rules(draft: Draft, findings: Findings) -> None:
    file = draft.files["rules"]
    circles = {each["name"] for each in draft.tables("pack", "circles")}
    voices = {voice.id for voice in draft.voices}
    rules = draft.rules
    if rules.default_circle not in circles:
        file.note(findings, ("default_circle",), f"there is no circle `{rules.default_circle}`.")
    for at, route in enumerate(rules.routing):
        if route.circle not in circles:
            file.note(findings, ("routing", at, "circle"), f"there is no circle `{route.circle}`.")
    for at, rule in enumerate(rules.urgency):
        if rule.date_of and not _is_date(draft, rule.date_of):
            file.note(findings, ("urgency", at, "date_of"), f"`{rule.date_of}` is not a question of the kind `date`.")
    for at, look in enumerate(rules.look_by):
        if not _is_date(draft, look.question):
            file.note(findings, ("look_by", at, "question"), f"`{look.question}` is not a question of the kind `date`.")
    for at, spoken in enumerate(rules.voices):
        if spoken.voice not in voices:
            file.note(findings, ("voices", at, "voice"), f"`{spoken.voice}` is not a voice of this pack.")


def _is_date(draft: Draft, question_id: str) -> bool:
    question = draft.by_id.get(question_id)
    return question is not None and question.kind == "date"


def _check_figures(draft: Draft, findings: Findings) -> None:
    file = draft.files["figures"]
    kinds = {kind["id"] for kind in draft.tables("casework", "kinds")}
    if sum(series.is_main for series in draft.figures.series) != 1:
        file.note(findings, ("series",), "exactly one series must be `main`.")
    for at, series in enumerate(draft.figures.series):
        if (series.month_of == "opened") is not bool(series.kinds):
            file.note(findings, ("series", at, "kinds"), "requests need kinds, and first answers have none.")
        if not series.kinds and series.id in kinds:
            file.note(findings, ("series", at, "id"), f"`{series.id}` is a kind of request already.")
        for kind in series.kinds:
            if kind not in kinds:
                file.note(findings, ("series", at, "kinds"), f"there is no kind `{kind}`.")
    _check_dimensions(draft, file, findings)


def _check_dimensions(draft: Draft, file: PackFile, findings: Findings) -> None:
    for at, dimension in enumerate(draft.figures.dimensions):
        question = draft.by_id.get(dimension.question)
        if question is None or question.kind != "one":
            message = f"`{dimension.question}` is not a question of the kind `one`."
            file.note(findings, ("dimensions", at, "question"), message)
            continue
        options = [option for each in dimension.values.values() for option in each]
        fault = fault_of_options(question, options)
        if fault:
            file.note(findings, ("dimensions", at, "values"), fault)
        if len(set(options)) < len(options):
            file.note(findings, ("dimensions", at, "values"), "an option leads to two values.")


_CHECKS: Final[tuple[Check, ...]] = (
    _check_ids_are_unique,
    _check_voices,
    _check_circles,
    _check_training,
    _check_questions,
    _check_meanings,
    _check_places,
    _check_form,
    _check_conditions_of_questions,
    _check_conditions_of_rules,
    _check_rules,
    check_casework,
    _check_figures,
)
