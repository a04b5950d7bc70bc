"""A photo of a paper comes in through the mailbox, is looked at, and a checked paper goes back to be kept."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from leeside.desk.files import attaching
from leeside.door import mailbox, sending_files
from leeside.door.open_lines import known_line
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.drawn_papers import draw_pdf, draw_photo
from leeside.project.demo.filling import Filler
from leeside.web.uploads import ArrivingPart

_CASE = ("quiet", "maple")


def play(filler: Filler, cases: Mapping[str, bytes]) -> None:
    """The photo at a quarter to seven, the paper ten minutes later."""
    told = texts.story("files")
    photo, paper = told["photo"], told["paper"]
    language = filler.language
    moment = filler.evening(filler.today, 18, 45)
    line = known_line(filler.line)
    day = moment.astimezone(ZoneInfo(filler.line.time_zone)).date()
    opened = mailbox.open_conversation(line, mailbox.derive_keys(line, seed.receipt_of(_CASE)), moment, day)
    drawn = draw_photo(photo["title"][language], photo["text"][language], photo["camera"][language])
    part = ArrivingPart(photo["name"][language], "image/jpeg", iter([drawn]))
    sending_files.send_files(opened, line.pack, [part], page_sign="demo", now=moment, today=day)
    seat = founding.at(filler.seats["willow"], filler.evening(filler.today, 18, 55))
    given = attaching.NewFile(
        paper["name"][language],
        "application/pdf",
        iter([draw_pdf(paper["title"][language], paper["text"][language])]),
        is_for_writer=True,
        untrusted_words=paper["words"][language],
        at_once=True,
    )
    attaching.attach(seat, cases["-".join(_CASE)], given)
