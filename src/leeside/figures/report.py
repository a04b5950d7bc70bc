"""What `leeside figures --json` prints: months, findings and claims of an edition or a draft, as plain data."""

from typing import Any

from leeside.tally.definitions import Claim
from leeside.tally.editions import Edition


def edition_report(edition: Edition, language: str) -> dict[str, Any]:
    """An edition as JSON would hold it.

    `months` are those of the main figure, a hidden one None; `series` has the months of every figure by its id;
    `statements` speak of the main figure and `further_statements` of the others, sentences in `language`.
    """
    series = {each.id: {str(month): cell.value for month, cell in each.cells.items()} for each in edition.series}
    main = edition.main.id
    return {
        "line": edition.line,
        "months": series[main],
        "series": series,
        "statements": [each.texts[language] for each in edition.statements if each.series == main],
        "further_statements": [each.texts[language] for each in edition.statements if each.series != main],
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
