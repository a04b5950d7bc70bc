"""What is counted: definitions handed in as data, checked before anything is counted by them.

A request, a person, a counselled request and an outcome are different things; so every definition says in each
language what its unit is called, and every statement made from it names that unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from leeside.packs.texts import plural_forms
from leeside.tally.errors import DefinitionError

LANGUAGES = ("ru", "en", "uk")

#: Fewest requests that a published month may rest on (DESIGN section 6, "Figures").
MONTH_THRESHOLD = 5
#: Fewest requests that a published cell of a dimension beyond the month may rest on.
DIMENSION_THRESHOLD = 10
#: Cells of cross tables are rounded to the nearest multiple of this. Odd, so that no number lies between two.
ROUNDING_STEP = 5

#: How many months a row of a table may hold.
BLOCK_LENGTHS = (1, 3, 12)


@dataclass(frozen=True)
class Unit:
    """What one counted thing is called in one language, without its number.

    `full` maps each plural form of the language to the whole name ("request to leave the service", "requests to leave
    the service"); `short` does the same for sentences that have named it before ("request", "requests"), and may be
    empty when the name is short anyway.
    """

    full: Mapping[str, str]
    short: Mapping[str, str] = field(default_factory=dict)

    def form(self, form: str, *, in_full: bool = False) -> str:
        """The name in one plural form."""
        return (self.full if in_full or not self.short else self.short)[form]


@dataclass(frozen=True)
class Dimension:
    """A question beyond the month that a table answers, with every value it may take.

    `titles` and each entry of `values` (value id -> texts) are keyed by language. `otherwise` is the one of them under
    which a row counts that has no value or one that is not listed. A table's row is a block of `months_in_row`
    months: 1, 3 (a season) or 12 (a year).
    """

    id: str
    titles: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    otherwise: str
    threshold: int = DIMENSION_THRESHOLD
    months_in_row: int = 3


@dataclass(frozen=True)
class SeriesDefinition:
    """One figure: which kinds of tally row it counts, what they are called, and what it means.

    `titles` and `texts` (the definition as the public reads it) and `units` are keyed by language. A `threshold` of 0
    publishes everything and is right only for counts of what is public already, such as a court's docket.
    """

    id: str
    kinds: frozenset[str]
    units: Mapping[str, Unit]
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    threshold: int = MONTH_THRESHOLD
    dimensions: tuple[Dimension, ...] = field(default=())


@dataclass(frozen=True)
class Claim:
    """What somebody else said: never ours, never added to ours.

    `who`, `quotes` (the words themselves, translated), `sources` (where and when they were said) and `caveats` are
    keyed by language. `published` is the day of the publication and `as_of` the day the words speak of, if known;
    `address` may be empty; `numbers` are those the claim names, and none is a claim too. `contradicts` names claims
    that say otherwise; it is read both ways.
    """

    id: str
    who: Mapping[str, str]
    quotes: Mapping[str, str]
    published: date | None = None
    as_of: date | None = None
    address: str = ""
    numbers: tuple[int, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    caveats: Mapping[str, str] = field(default_factory=dict)
    contradicts: tuple[str, ...] = ()


def require_sound_definitions(definitions: Sequence[SeriesDefinition]) -> None:
    """Raise `DefinitionError` unless these definitions can be counted and protected together.

    Rules:
    1. Ids are unique, every definition counts at least one kind and no threshold is negative.
    2. Unit, title and text exist in every language, the unit with every plural form of it.
    3. The kinds of two definitions lie inside one another or apart: never partly shared, because the control of
       differences (`disclosure`) reads them as a tree.
    4. Two definitions that share a kind have the same threshold, and no table by the same dimension: the cells of
       such tables could be subtracted.
    """
    ids = [definition.id for definition in definitions]
    if len(set(ids)) != len(ids):
        raise DefinitionError("Two figures have the same id.")
    for definition in definitions:
        _require_sound(definition)
    for position, one in enumerate(definitions):
        for other in definitions[position + 1 :]:
            _require_fitting(one, other)


def _require_sound(definition: SeriesDefinition) -> None:
    """Rules 1 and 2 for one definition."""
    if not definition.kinds:
        raise DefinitionError(f"The figure {definition.id!r} counts no kind.")
    if definition.threshold < 0 or any(dimension.threshold < 1 for dimension in definition.dimensions):
        raise DefinitionError(f"The figure {definition.id!r} has a threshold that is too small.")
    if any(dimension.otherwise not in dimension.values for dimension in definition.dimensions):
        raise DefinitionError(f"A dimension of {definition.id!r} needs a value for everything that is not listed.")
    if any(dimension.months_in_row not in BLOCK_LENGTHS for dimension in definition.dimensions):
        raise DefinitionError(f"The rows of a table of {definition.id!r} must be 1, 3 or 12 months long.")
    for language in LANGUAGES:
        unit = definition.units.get(language)
        forms = plural_forms(language)
        if unit is None or any(not each.get(form) for form in forms for each in (unit.full, unit.short or unit.full)):
            wanted = ", ".join(forms)
            raise DefinitionError(f"The figure {definition.id!r} needs a unit in {language!r} with the forms {wanted}.")
        if not definition.titles.get(language) or not definition.texts.get(language):
            raise DefinitionError(f"The figure {definition.id!r} needs a title and a text in {language!r}.")


def _require_fitting(one: SeriesDefinition, other: SeriesDefinition) -> None:
    """Rules 3 and 4 for a pair."""
    shared = one.kinds & other.kinds
    if not shared:
        return
    if shared not in (one.kinds, other.kinds):
        raise DefinitionError(f"The figures {one.id!r} and {other.id!r} share some kinds, but neither holds the other.")
    if one.threshold != other.threshold:
        raise DefinitionError(f"The figures {one.id!r} and {other.id!r} share kinds and need the same threshold.")
    if {dimension.id for dimension in one.dimensions} & {dimension.id for dimension in other.dimensions}:
        raise DefinitionError(f"The figures {one.id!r} and {other.id!r} share kinds and a dimension: drop one table.")
