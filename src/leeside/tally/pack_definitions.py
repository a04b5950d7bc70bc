"""A pack's figures and claims as the definitions that counting takes. The one place here that knows what a pack is."""

from collections.abc import Mapping

from leeside.packs.pack import Pack
from leeside.packs.series import Claim as PackClaim
from leeside.packs.series import Series
from leeside.packs.texts import plural_forms
from leeside.tally.definitions import LANGUAGES, Claim, Dimension, SeriesDefinition, Unit

#: A whole number that has each plural form, to ask a pack for its counted text in that form.
_EXAMPLES: Mapping[str, int] = {"one": 1, "few": 2, "many": 5, "other": 5}


def definitions_of(pack: Pack) -> tuple[SeriesDefinition, ...]:
    """All figures of a pack, the main one first: what stands first is withheld last.

    Dimensions belong to the main figure: figures that overlap must not have tables by the same dimension.
    """
    figures = pack.figures
    ordered = sorted(figures.series, key=lambda series: not series.is_main)
    return tuple(
        SeriesDefinition(
            id=series.id,
            kinds=frozenset(series.row_kinds),
            units={language: _unit_of(pack, series, language) for language in LANGUAGES},
            titles=_texts(pack, f"series.{series.id}.title"),
            texts=_texts(pack, f"series.{series.id}.definition"),
            threshold=figures.threshold,
            dimensions=_dimensions_of(pack) if series.is_main else (),
        )
        for series in ordered
    )


def claims_of(pack: Pack) -> tuple[Claim, ...]:
    """All claims of a pack, in its order."""
    return tuple(_claim_of(pack, claim) for claim in pack.claims)


def _unit_of(pack: Pack, series: Series, language: str) -> Unit:
    """The unit's names. A pack writes them with their number, "{number} requests"; here the number is left out."""
    key = f"series.{series.id}.unit"
    full = _forms_of(pack, key, language)
    short_key = f"{key}_short"
    return Unit(full, _forms_of(pack, short_key, language) if pack.has_text(short_key, language) else {})


def _forms_of(pack: Pack, key: str, language: str) -> dict[str, str]:
    """A counted text in all its plural forms, without the number."""
    return {
        form: pack.texts.counted(key, language, _EXAMPLES[form], {"number": ""}).strip()
        for form in plural_forms(language)
    }


def _dimensions_of(pack: Pack) -> tuple[Dimension, ...]:
    """The pack's dimensions with the words for their values; the value "otherwise" is one of them."""
    return tuple(
        Dimension(
            id=dimension.id,
            titles=_texts(pack, f"dimension.{dimension.id}.title"),
            values={
                value: _texts(pack, f"dimension.{dimension.id}.value.{value}")
                for value in dict.fromkeys((*dimension.values, dimension.otherwise))
            },
            otherwise=dimension.otherwise,
            threshold=pack.figures.threshold_of_dimensions,
        )
        for dimension in pack.figures.dimensions
    )


def _claim_of(pack: Pack, claim: PackClaim) -> Claim:
    """One claim with its texts."""
    return Claim(
        id=claim.id,
        who=_texts(pack, f"claim.{claim.id}.who"),
        quotes=_texts(pack, f"claim.{claim.id}.quote"),
        published=claim.published,
        as_of=claim.as_of,
        address=claim.address,
        numbers=claim.numbers,
        sources=_texts(pack, f"claim.{claim.id}.source"),
        caveats=_texts(pack, f"claim.{claim.id}.caveat") if claim.has_caveat else {},
        contradicts=claim.contradicts,
    )


def _texts(pack: Pack, key: str) -> dict[str, str]:
    """One text in every language."""
    return {language: pack.text(key, language) for language in LANGUAGES}
