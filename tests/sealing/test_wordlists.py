"""The word lists a receipt is made of: every rule of docs/wordlists.md, checked on the files themselves."""

import math
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import leeside

FOLDER = Path(leeside.__file__).parent / "sealing" / "wordlists"
DOCUMENT = Path(leeside.__file__).parents[2] / "docs" / "wordlists.md"

LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}

# Beginnings no word may have: what frightens, accuses or marks its holder. The lists were read by
# eye as well; this keeps a later change from bringing the plainest of such words back.
FORBIDDEN_STEMS = {
    "en": """
        abduct abus accus addict afraid agent agony alarm alcohol ambush ammo ammun amput anthem
        army arrest arson artiller assassin assault attack bandit battl bayonet beaten beer behead
        betray bible bishop bleed blood bomb border breast brothel bullet bunker burial cannon
        captiv captur casualt cemeter charge choke christ church cigar civil cocain coffin combat
        command compla conscript consul convict corpse coupd courtroom crim cripple crisis crossfire
        cruel curfew dagger danger dead deadly death defeat defen demon deport desert deserter
        despair destroy detain detect devil diagnos disabl disease dispos draft drone drug drunk
        duress dying elect embass emperor enem enlist escap evade evil execut exile explos fatal
        fear fight fraud front fugitiv funeral general genocid ghost grave grenad guard guilt gun
        hangman harmful hate hell hide holy homicid hospit hostag hostil hung hunt hurt illeg
        illness immigr inform injur insan interrog invad isis islam jail jewish judge justice kidnap
        kill knife lawsuit lawyer leave liar lieuten lonely loser major marine martyr mercen migran
        milit minefield missil mobiliz mortar mosque murder muslim naked nation nazi nightmare nucle
        nude offend officer panic parlia parole passport patriot patrol peniten piss pistol poison
        polic politic poor pope porn pray prayer president priest prison protest punish quarrel
        racis rape rebel refug regim relig rescue revol rifle riot robber rocket sabot sanction
        scandal scared scream secret senat sergeant sexu shell shelter shield shoot shot sick siege
        sinful sinner slave sniper soldier spy squad stabb strike suffer suicid summon surren
        surrend suspect sword tank target tear temple terror theft thief threat tomb tortur traitor
        treason trench trial troop tyran unif vaccin victim violen virus vodka vote wanted warfare
        warhead warlord warrant warrior warship weapon widow wound wreck
    """,
    "ru": """
        аборт авар агент агитац агони адвокат алкогол амнист ампут анаш анус апокал арест арма армия
        артил атак баба бандит барак беглец бегств бедств бежен безум беспом блокад блокпост бог
        боев боеп боец божь бой бойня болез больн больница бомб бордел боязн братва бред бригад
        броневик броня бункер бунт бухло ваген вагина варв вдова взвод взрыв взятк винтов вирус
        власт водка воевать военк военн воин войн войско воровс ворюг враг врач выбор выборы вымог
        выстрел газав гауб гашиш гвард генерал гениталии герои герой гибел гнев гной говно голод
        горе госпит гранат граница грех гроб гумкон дебил дезер демон деньщик депор депрес депут
        десант диагноз диверс дивизион дивизия дознан донос допрос драка дрон дубин дурак душман
        дьявол евре жандарм жертв забаст завещ заговор заключ закон залож засад застен захват зачист
        злоб зона идиот избиен извращ измен изнас икона инвал интерв инфаркт ислам исповед истер
        казарм казн калек калиб камера камик кандал каратель карцер катаст каторг клетк кобур колон
        команд комендат комисс конвой контраб контракт контуз концлаг корол кошмар краж кремл крест
        кровь крыс кулак лагер лазарет лейтенант летальн либерал ложь майор маньяк мародер мафия
        мент мертв мигран милиц мина минет миномёт митинг мишен мобилиз могил молит монарх морг мрак
        муки мусульм мятеж набег навод надзор наказ налёт наркот насил нацизм нация наёмник неволя
        нелегал ненавис ножев обвин обезгл обман обстрел обыск ожог оккуп окоп омон опасн оруж осада
        осколок осужд отрав отряд офицер падаль палач паник партия паспорт патриарх патрон патрул
        пенис плен побег повест погиб погон погром подвал подозр пожар позор покойн политик полиц
        полковник помощ порно похищ похорон правосуд предат президент преслед преступ приговор
        призрак призыв приказ присяг прокур протест псих психоз пулем пуля пытк развед рана ранен
        раненый расправ расстр реанимац рево револ религ решётк розыск рота ружь рукопаш садист
        самоуб санкц свастик свидет священ секс сержант сирот скелет скорбь следоват следств слеж
        смерт снайпер снаряд солдат ссыл стража страх стрел стрельб стукач стыд суд судья суицид
        танк теракт террор тоска траншея трев трибунал труп трус тюрем тюрьм убеж убий убит уголовн
        угон угроз удар ужас улик ураган урод фашис фронт хоронить храм христ царь цензур церк чека
        шантаж шизо шинель шокир шпион шприц штаб штраф штурм эвакуац экстрем эмигр яд язва
    """,
    "uk": """
        аборт аварі агент агоні адвокат алкогол амністі ампут арешт армі артил атак бандит барак
        блокад блокпост бог божевіл бойов бомб бордел боєць брехн бригад броня бункер бунт біженец
        бійка біль вагіна вбив вбит вбої вдова взвод вибор вибух винен вирок влад вовк вогнем водка
        ворог воєн воїн воїнс втеч втік війн війсь вірус газав гвинтів генерал геро гетьман гнів
        голод горе горілк госпіт гранат груди гріх дезерт демон депор депресі депут десант диверс
        дивізі диявол донос допит дрон дурень жах жертв заборон загибел заколот закон закордон залог
        засуд збро зброй звинув злоб злод злоч зрад кабала казарм калік камера карцер катастроф
        каторг катув кладов кліт комендат конвой контраб контракт контуз король кремл кров кулемет
        лагер лайно ланцюг лейтен майор мафі мертв мобіл могил молит монарх морг мігрант міліц міна
        міноме мітинг набіг наглядач наказ наклеп напад наркот насил натовп нацизм небезпек невол
        неволя ненавис ножов обвинув облог обшук окоп окуп оман опік осколк отрут офіцер паніка
        партія паспорт патрон патрул пекло пенсі повіст пожеж позор покаран полон політик поліц
        поранен порно похорон прапор президент призов присяг прокур протест псих підвал підозр
        пістол рабство радикал ракет рана револ релігі розвід розстр розшук рота рушниц садист
        самогуб санкці священ секс сержант сирота скарг скелет скорб слідч смерт снайпер снаряд
        солдат страта страх стріля суїцид танк теракт терор трибунал тривог труна труп трус тюрм
        удар урод утеч утік фашис фронт храм хрест христ цар цензур церкв шантаж шпигун шприц штаб
        штраф штурм євре ікона інвал ісус
    """,
}

# Whole words and not beginnings: innocent words start like them.
FORBIDDEN_WORDS = {
    "en": """
        arms army coup court cross die flee hang harm help hide jail law laws leave march mine mines
        private run runaway sex shell sin stab unit want war wars
    """,
    "ru": """
        бег боль вор дело звено иго мина налог округ пол полк рота сапог срок статья суд цинк часть
        шок этап яд язык
    """,
    "uk": """
        етап звання міна повстання полк рота справа стаття суд уламок цинк частина черга
    """,
}


def words_of_list(language: str) -> list[str]:
    return (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def fold(word: str) -> str:
    folded = word.lower().replace("ё", "е").replace("ґ", "г")
    return re.sub("['\u2019\u02bc]", "", folded)


def edit_distance(one: str, other: str) -> int:
    """Insertions, deletions, replacements and exchanges of neighbours that lead from one word to the other."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, line = line, before, [i]
        for j, counterpart in enumerate(other, start=1):
            cost = min(before[j] + 1, line[j - 1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, above[j - 2] + 1)
            line.append(cost)
    return line[-1]


def pairs_within_two(words: list[str]) -> dict[tuple[str, str], int]:
    """Pairs at distance 2 or less. Such words share what is left of each when at most two letters are removed."""
    by_rest: dict[str, set[str]] = defaultdict(set)
    for word in words:
        once = {word[:i] + word[i + 1 :] for i in range(len(word))}
        twice = {short[:i] + short[i + 1 :] for short in once for i in range(len(short))}
        for rest in {word} | once | twice:
            by_rest[rest].add(word)
    candidates = {(a, b) for group in by_rest.values() for a in group for b in group if a < b}
    distances = {pair: edit_distance(*pair) for pair in candidates}
    return {pair: distance for pair, distance in distances.items() if distance <= 2}


every_language = pytest.mark.parametrize("language", sorted(LETTERS))


@every_language
def test_a_list_has_exactly_2048_different_words(language: str) -> None:
    folded = [fold(word) for word in words_of_list(language)]
    assert len(folded) == 2048
    assert len(set(folded)) == 2048


@every_language
def test_a_file_is_one_word_a_line_with_nothing_before_between_or_after(language: str) -> None:
    raw = (FOLDER / f"{language}.txt").read_bytes()
    text = raw.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert b"\r" not in raw
    assert text == "\n".join(words_of_list(language)) + "\n"
    assert all(words_of_list(language))


@every_language
def test_words_are_lower_case_and_use_only_the_letters_of_their_language(language: str) -> None:
    allowed = set(LETTERS[language])
    assert [word for word in words_of_list(language) if set(word) - allowed] == []


@every_language
def test_words_have_four_to_nine_letters(language: str) -> None:
    assert [word for word in words_of_list(language) if not 4 <= len(word) <= 9] == []


@every_language
def test_four_letters_are_enough_to_name_a_word(language: str) -> None:
    counts = Counter(fold(word)[:4] for word in words_of_list(language))
    assert [start for start, count in counts.items() if count > 1] == []


@every_language
def test_no_word_is_one_slip_away_from_another(language: str) -> None:
    near = pairs_within_two([fold(word) for word in words_of_list(language)])
    assert [pair for pair, distance in near.items() if distance < 2] == []


@every_language
def test_the_document_says_how_many_pairs_are_two_slips_apart(language: str) -> None:
    near = pairs_within_two([fold(word) for word in words_of_list(language)])
    row = re.search(rf"^\| `{language}` \|.*\| ([\d,]+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    assert int(row.group(1).replace(",", "")) == len(near)


def test_distance_counts_an_exchange_of_neighbours_as_one_slip() -> None:
    assert edit_distance("form", "from") == 1
    assert edit_distance("lamp", "clamp") == 1
    assert edit_distance("river", "riper") == 1
    assert edit_distance("maple", "table") == 2
    assert edit_distance("bridge", "bridge") == 0


def test_twelve_words_carry_132_bits_of_which_four_check() -> None:
    for language in LETTERS:
        bits_per_word = math.log2(len(set(words_of_list(language))))
        assert bits_per_word == 11
        assert 12 * bits_per_word == 132
        assert 12 * bits_per_word - 4 == 128


def test_lists_of_all_languages_have_a_word_for_the_same_numbers() -> None:
    assert {len(words_of_list(language)) for language in LETTERS} == {2048}


@every_language
def test_lists_are_in_alphabetical_order_of_their_folded_words(language: str) -> None:
    folded = [fold(word) for word in words_of_list(language)]
    assert folded == sorted(folded)


@every_language
def test_no_word_begins_like_one_that_frightens_accuses_or_marks_its_holder(language: str) -> None:
    beginnings = tuple(fold(stem) for stem in FORBIDDEN_STEMS[language].split())
    forbidden = {fold(word) for word in FORBIDDEN_WORDS[language].split()}
    found = [w for w in words_of_list(language) if fold(w).startswith(beginnings) or fold(w) in forbidden]
    assert found == []
