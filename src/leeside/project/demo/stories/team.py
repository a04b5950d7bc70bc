"""People: a shift that runs, a brief for it, and a newcomer who waits until somebody compares words with them."""

from collections.abc import Mapping

from leeside.desk.team import briefs, invitations, shifts, training
from leeside.project.demo import founding, texts
from leeside.project.demo.filling import Filler
from leeside.web.clock import real_now


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """Nothing here belongs to one case."""
    told, language = texts.story("team"), filler.language
    heron, wren = filler.seats["heron"], filler.seats["wren"]
    briefs.write_brief(founding.at(heron, filler.evening(filler.today, 17)), "first", told["brief"]["text"][language])
    shifts.go_on_shift(wren, "12", "6")
    shifts.go_on_shift(filler.seats["willow"], "8", "3")
    for key in ("wren", "willow"):
        training.finish_training(founding.at(filler.seats[key], filler.evening(filler.today)))
    address = invitations.put_invitation(filler.line, heron.keyring.ring.fingerprint, real_now())
    invitations.accept_invitation(address, texts.newcomer(language), language, now=real_now())
