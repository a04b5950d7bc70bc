"""Receivers of a referral: what a pack says of them, and what does not fit."""

from pathlib import Path

import pytest

from leeside.packs.pack import Pack
from leeside.packs.reader import check_pack, load_pack, shipped_pack

RECEIVER = """
[[receivers]]
id = "clinic"
languages = ["en", "kk"]
wants = ["{want}"]
fingerprint = ["4f2a", "91c7", "0b3d", "{group}"]
"""
TEXTS = "".join(f'receiver.clinic.{part} = "{part} in words"\n' for part in ("name", "purpose", "reached", "region"))


def with_receiver(pack: Path, want: str, group: str = "77e0", texts: str = TEXTS) -> Path:
    casework = pack / "casework.toml"
    casework.write_text(casework.read_text() + RECEIVER.format(want=want, group=group))
    for language in ("en", "ru"):
        file = pack / "texts" / language / "receivers.toml"
        file.write_text(texts)
    return pack


def need_of(pack: Pack) -> str:
    question = pack.question(pack.need_question)
    assert question is not None
    return question.options[0].id


def test_a_receiver_is_read_whole(copy_of_tiny: Path, tiny: Pack) -> None:
    (clinic,) = load_pack(with_receiver(copy_of_tiny, need_of(tiny))).receivers
    assert (clinic.id, clinic.languages, clinic.wants) == ("clinic", ("en", "kk"), (need_of(tiny),))
    assert clinic.fingerprint == "4f2a 91c7 0b3d 77e0"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"want": "no_such_thing"}, "the need has no option `no_such_thing`"),
        ({"group": "77E0"}, "77E0"),
        ({"texts": TEXTS.replace("reached", "reaches")}, "receiver.clinic.reached"),
    ],
)
def test_what_does_not_fit_is_told(copy_of_tiny: Path, tiny: Pack, change: dict[str, str], told: str) -> None:
    """Broken on purpose: a check without the need's options; a schema that takes any fingerprint."""
    with_receiver(copy_of_tiny, **{"want": need_of(tiny), **change})
    assert any(told in str(problem) for problem in check_pack(copy_of_tiny))


def test_the_shipped_list_has_roles_and_no_keys_of_anybody() -> None:
    receivers = shipped_pack("refusal").receivers
    assert {one.fingerprint for one in receivers} == {""}
    assert len({one.id for one in receivers}) == len(receivers) > 3
