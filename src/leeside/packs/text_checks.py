"""Whether a pack's words are whole: every text in every language, no word too many, blanks and plural forms right."""

from collections.abc import Mapping

from leeside.packs.files import Findings
from leeside.packs.guidebook.red_lines import tactical_in
from leeside.packs.slots import Slot
from leeside.packs.telltales import fault_of_telltales
from leeside.packs.text_files import TextSource
from leeside.packs.texts import PLURAL_FORMS, Wording, blanks_of, plural_forms


def check_texts(
    sources: Mapping[str, TextSource], slots: tuple[Slot, ...], plainest_voice: str, findings: Findings
) -> None:
    """Notes every missing, unused or ill-made text. `plainest_voice` is the one that all voices fall back to."""
    for language, source in sources.items():
        for slot in slots:
            if slot.key in source.broken:
                continue
            if slot.key in source.wordings:
                _check_wording(language, source, slot, plainest_voice, findings)
            elif source.is_whole and (not slot.optional or _is_in_another(slot.key, sources)):
                source.note(findings, slot.key, f"this text is missing in `{language}`.")
        known = {slot.key for slot in slots}
        for key in source.files:
            if key not in known:
                source.note(findings, key, "nothing asks for this text; is its key misspelt?")


def _is_in_another(key: str, sources: Mapping[str, TextSource]) -> bool:
    return any(key in source.files for source in sources.values())


def _check_wording(language: str, source: TextSource, slot: Slot, plainest_voice: str, findings: Findings) -> None:
    wording = source.wordings[slot.key]
    for part in [wording] if isinstance(wording, str) else wording.values():
        if not slot.telltales and (tactical := tactical_in(part)):
            source.note(findings, slot.key, f"`{tactical}`: no text of a pack says or asks anything tactical.")
    for blank in sorted(blanks_of(wording) - slot.blanks):
        source.note(findings, slot.key, f"nothing fills the blank {{{blank}}} here.")
    if slot.counted:
        wanted = plural_forms(language)
        if isinstance(wording, str) or set(wording) != set(wanted):
            source.note(findings, slot.key, f"a counted text in `{language}` has the forms {', '.join(wanted)}.")
    elif _is_counted(wording):
        source.note(findings, slot.key, "this text is not counted and has no plural forms.")
    elif slot.telltales:
        fault = (
            fault_of_telltales(wording) if isinstance(wording, str) else "a list of words is one text for all voices."
        )
        if fault is not None:
            source.note(findings, slot.key, fault)
    elif not isinstance(wording, str) and plainest_voice not in wording:
        message = f"the wording of `{plainest_voice}`, which the others fall back to, is missing."
        source.note(findings, slot.key, message)


def _is_counted(wording: Wording) -> bool:
    return not isinstance(wording, str) and set(wording) <= set(PLURAL_FORMS)
