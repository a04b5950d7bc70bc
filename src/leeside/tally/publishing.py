"""From tally rows to a published edition: what the command line and the publisher's page call.

    draft = draft_edition(rows, pack, folder, line=..., titles=..., first=..., last=..., today=...)
    publish_edition(folder, draft)

`draft_edition` returns what would be told, already protected; a publisher may see all of it. `publish_edition` writes
it, once. Who may call the second is decided by the caller: these functions know no people.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from leeside.packs.pack import Pack
from leeside.tally.counting import TallyRow, count_rows
from leeside.tally.edition_folder import read_earlier, write_edition
from leeside.tally.editions import Edition, prepare_edition
from leeside.tally.months import Month
from leeside.tally.pack_definitions import claims_of, definitions_of


def draft_edition(
    rows: Iterable[TallyRow],
    pack: Pack,
    editions_folder: Path,
    *,
    line: str,
    titles: Mapping[str, str],
    first: Month,
    last: Month,
    today: date,
    unconfirmed: int = 0,
) -> Edition:
    """The next edition of a line, from confirmed rows of these months, held against all editions in the folder.

    `rows` may hold other months too. `unconfirmed` is how many requests of these months are not confirmed yet. Errors
    are those of `prepare_edition`, and `DamagedEditionError` when an earlier edition cannot be read.
    """
    return prepare_edition(
        count_rows(rows),
        definitions_of(pack),
        claims_of(pack),
        line=line,
        titles=titles,
        first=first,
        last=last,
        today=today,
        unconfirmed=unconfirmed,
        earlier=read_earlier(editions_folder, line),
    )


def publish_edition(editions_folder: Path, draft: Edition) -> Path:
    """Write a draft as an edition, which freezes its months. Raises `EditionError` when its number is taken."""
    return write_edition(editions_folder, draft)
