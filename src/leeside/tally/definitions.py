"""What is counted: definitions handed in as data, checked before anything is counted by them.

A request, a person, a counselled request and an outcome are different things; so every definition says in each
language what its unit is called, and every statement made from it names that unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

#: The plural categories that CLDR names for whole numbers in our languages.
PLURAL_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "en": ("one", "other"),
    "ru": ("one", "few", "many"),
    "uk": ("one", "few", "many"),
}


@dataclass(frozen=True)
class Unit:
    """What one counted thing is called in one language.

    `forms` maps each plural category of the language to the noun ("request", "requests"); `complement` follows the
    noun when the unit is named in full ("to leave the service") and may be empty.
    """

    forms: Mapping[str, str]
    complement: str = ""


@dataclass(frozen=True)
class Dimension:
    """A question beyond the month that a table answers, with every value it may take.

    `titles` and each entry of `values` (value id -> texts) are keyed by language. A row with a value that is not
    listed counts as not known. A table's row is a block of `months_in_row` months: 1, 3 (a season) or 12 (a year).
    """

    id: str
    titles: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
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

    `said_by`, `quotes` (the words themselves, translated) and `notes` are keyed by language; `day` is written as the
    source allows (`2023-12-05`, `2023-11` or `2023`); `number` is None where the claim has none. `contradicts` names
    the claims that say otherwise; the relation is read both ways.
    """

    id: str
    said_by: Mapping[str, str]
    quotes: Mapping[str, str]
    day: str
    address: str
    notes: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None
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
    if any(dimension.months_in_row not in BLOCK_LENGTHS for dimension in definition.dimensions):
        raise DefinitionError(f"The rows of a table of {definition.id!r} must be 1, 3 or 12 months long.")
    for language in LANGUAGES:
        unit = definition.units.get(language)
        if unit is None or any(not unit.forms.get(category) for category in PLURAL_CATEGORIES[language]):
            wanted = ", ".join(PLURAL_CATEGORIES[language])
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
