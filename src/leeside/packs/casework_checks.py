"""What must be true of casework.toml: kinds, outcomes, papers and their holders, promises.

Like every check these note what they find and go on (see checks.py).
"""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leeside.packs.draft import Draft
from leeside.packs.files import Findings, PackFile
from leeside.packs.receivers import faults_of_receivers


def check_casework(draft: Draft, findings: Findings) -> None:
    """Notes what is wrong with kinds, stages, outcomes, papers and promises."""
    file = draft.files["casework"]
    kinds = draft.tables("casework", "kinds")
    if file.table["default_kind"] not in {kind["id"] for kind in kinds}:
        file.note(findings, ("default_kind",), f"there is no kind `{file.table['default_kind']}`.")
    _check_marked_outcomes(draft, findings)
    _check_sending(draft, file, findings)
    if len({stage["open"] for stage in draft.tables("casework", "stages")}) < 2:
        file.note(findings, ("stages",), "at least one open and one closed stage are needed.")
    open_stages = {stage["id"] for stage in draft.tables("casework", "stages") if stage["open"]}
    alive = {each["id"] for each in draft.tables("casework", "outcomes") if "stage" in each}
    for at, each in enumerate(draft.tables("casework", "outcomes")):
        if "stage" in each and each["stage"] not in open_stages:
            file.note(findings, ("outcomes", at, "stage"), f"`{each['stage']}` is no open stage of this pack.")
        if "asks" in each and each["asks"] not in alive:
            file.note(findings, ("outcomes", at, "asks"), f"`{each['asks']}` is no outcome that keeps a case alive.")
    need = draft.by_id.get(draft.files["questions"].table["need"])
    taken: set[str] = set()
    for index, kind in enumerate(kinds):
        for each in kind["wants"]:
            if need is not None and each not in {option.id for option in need.options}:
                file.note(findings, ("kinds", index, "wants"), f"`{need.id}` has no option `{each}`.")
            if each in taken:
                file.note(findings, ("kinds", index, "wants"), f"`{each}` suggests another kind already.")
            taken.add(each)
    _check_promises(file, findings)
    _check_papers(draft, file, findings)
    _check_tells(draft, file, findings)
    _check_receivers(draft, file, findings)


def _check_sending(draft: Draft, file: PackFile, findings: Findings) -> None:
    checked_by = file.table.get("sending", {}).get("checked_by", "")
    if checked_by and checked_by not in {each["name"] for each in draft.tables("pack", "circles")}:
        file.note(findings, ("sending", "checked_by"), f"there is no circle `{checked_by}`.")


def _check_receivers(draft: Draft, file: PackFile, findings: Findings) -> None:
    need = draft.by_id.get(draft.files["questions"].table["need"])
    options = [option.id for option in need.options] if need is not None else []
    for path, message in faults_of_receivers(draft.tables("casework", "receivers"), options):
        file.note(findings, path, message)


def _check_papers(draft: Draft, file: PackFile, findings: Findings) -> None:
    """A paper's question is one that asks who holds it, and each of its options means one holder."""
    holders, said = draft.tables("casework", "holders"), set()
    for index, each in enumerate(holders):
        for option in each.get("said", ()):
            if option in said:
                file.note(findings, ("holders", index, "said"), f"`{option}` means another holder already.")
            said.add(option)
    for index, each in enumerate(draft.tables("casework", "papers")):
        asked = each.get("question", "")
        question = draft.all_by_id.get(asked)
        if not asked:
            continue
        if question is None or question.kind != "one":
            file.note(findings, ("papers", index, "question"), f"`{asked}` is not a question of the kind `one`.")
        elif missing := [option.id for option in question.options if option.id not in said]:
            message = f"no holder is meant by `{'`, `'.join(missing)}`."
            file.note(findings, ("papers", index, "question"), message)
    parts = {name: bool(draft.tables("casework", name)) for name in ("papers", "holders", "outgoing", "authorities")}
    for needs, needed in (("papers", "holders"), ("outgoing", "authorities")):
        if parts[needs] and not parts[needed]:
            file.note(findings, (needs,), f"`{needs}` need `{needed}`.")


def _check_tells(draft: Draft, file: PackFile, findings: Findings) -> None:
    """A fact that follows from casework is a question of the pack's, with that option or of the kind `date`."""
    said = {option for each in draft.tables("casework", "holders") for option in each.get("said", ())}
    for index, each in enumerate(draft.tables("casework", "holders")):
        if "counts_as" in each and each["counts_as"] not in said:
            message = f"no holder is meant by `{each['counts_as']}`."
            file.note(findings, ("holders", index, "counts_as"), message)
    for part in ("outcomes", "papers", "outgoing"):
        for index, each in enumerate(draft.tables("casework", part)):
            day = draft.all_by_id.get(each.get("tells_day", ""))
            if "tells_day" in each and (day is None or day.kind != "date"):
                message = f"`{each['tells_day']}` is not a question of the kind `date`."
                file.note(findings, (part, index, "tells_day"), message)
            for key in ("tells", "tells_answered", "tells_waiting"):
                for fact, option in each.get(key, {}).items():
                    question = draft.all_by_id.get(fact)
                    if question is None or question.kind != "one" or option not in {one.id for one in question.options}:
                        file.note(findings, (part, index, key), f"there is no answer `{option}` to `{fact}`.")


def _check_marked_outcomes(draft: Draft, findings: Findings) -> None:
    file, outcomes = draft.files["casework"], draft.tables("casework", "outcomes")
    if sum(bool(each.get("referral")) for each in outcomes) > 1:
        file.note(findings, ("outcomes",), "at most one outcome is that of a case which went to another line.")
    spam = [index for index, each in enumerate(outcomes) if each.get("spam")]
    if len(spam) != 1:
        file.note(findings, ("outcomes",), "exactly one outcome must be marked `spam = true`.")
    for index in spam:
        if outcomes[index]["follow_up_days"]:
            file.note(findings, ("outcomes", index, "spam"), "nobody is asked again about spam.")


def _check_promises(file: PackFile, findings: Findings) -> None:
    promises = file.table["promises"]
    try:
        ZoneInfo(promises["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        file.note(findings, ("promises", "time_zone"), f"`{promises['time_zone']}` is not a time zone.")
    if promises["closes"] < promises["opens"] and promises["closes"] != "00:00":
        file.note(findings, ("promises", "closes"), "the hours must end on the day on which they begin, or at 00:00.")
