"""What a pack's figures and claims become."""

from leeside.packs.reader import shipped_pack
from leeside.tally.definitions import LANGUAGES, require_sound_definitions
from leeside.tally.pack_definitions import claims_of, definitions_of


def test_the_shipped_pack_can_be_counted() -> None:
    pack = shipped_pack("refusal")
    definitions = definitions_of(pack)
    require_sound_definitions(definitions)
    main = definitions[0]
    assert main.id == pack.figures.main.id
    assert main.kinds == {"leave_service"}
    assert main.units["en"].form("other") == "requests"
    assert main.units["ru"].form("few", in_full=True) == "обращения об уходе со службы"
    assert [dimension.threshold for dimension in main.dimensions] == [10] * len(pack.figures.dimensions)
    assert all(not definition.dimensions for definition in definitions[1:])


def test_first_answers_are_counted_by_rows_of_their_own() -> None:
    counselled = next(each for each in definitions_of(shipped_pack("refusal")) if each.id == "counselled")
    assert counselled.kinds == {"counselled"}
    assert counselled.units["uk"].form("many") == "звернень з відповіддю"


def test_claims_keep_their_words_days_and_contradictions() -> None:
    claims = {claim.id: claim for claim in claims_of(shipped_pack("refusal"))}
    assert claims["applications_in_a_year"].numbers == (22000,)
    assert claims["lawyers_cannot_estimate"].numbers == ()
    assert claims["vast_majority_suspended"].contradicts == ("suspended_of_known_texts",)
    assert not claims["helped_not_disclosed"].caveats
    for claim in claims.values():
        assert all(claim.who[language] and claim.quotes[language] for language in LANGUAGES)
