"""What `leeside figures --json` prints: the months of a line's main figure, the findings and the claims, as plain data.

It goes through the same control as an edition and is held against every edition that was published.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from leeside.packs.pack import Pack
from leeside.tally.counting import TallyRow
from leeside.tally.definitions import Claim
from leeside.tally.editions import Edition
from leeside.tally.months import Month
from leeside.tally.publishing import draft_edition


def months_report(
    rows: Iterable[TallyRow],
    pack: Pack,
    editions_folder: Path,
    *,
    line: str,
    first: Month,
    last: Month,
    today: date,
    language: str,
) -> dict[str, Any]:
    """Count and protect the main figure's months and return them as JSON would hold them.

    `{"months": {"2023-04": 70, ...}, "statements": [...], "claims": [...]}`: a hidden month is None, statements are
    sentences in `language`. Errors are those of `tally.publishing.draft_edition`.
    """
    draft = draft_edition(rows, pack, editions_folder, line=line, titles={}, first=first, last=last, today=today)
    return edition_report(draft, language)


def edition_report(edition: Edition, language: str) -> dict[str, Any]:
    """The same for an edition that exists."""
    main = edition.main
    return {
        "months": {str(month): cell.value for month, cell in main.cells.items()},
        "statements": [statement.texts[language] for statement in edition.statements_of(main.id)],
        "claims": [_plain_claim(claim, language) for claim in edition.claims],
    }


def _plain_claim(claim: Claim, language: str) -> dict[str, Any]:
    """One claim in one language; what it does not have is None or empty."""
    return {
        "id": claim.id,
        "who": claim.who[language],
        "quote": claim.quotes[language],
        "source": claim.sources.get(language),
        "caveat": claim.caveats.get(language),
        "published": claim.published.isoformat() if claim.published else None,
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "address": claim.address or None,
        "numbers": list(claim.numbers),
        "contradicts": list(claim.contradicts),
    }
