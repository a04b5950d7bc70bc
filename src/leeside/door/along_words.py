"""What a file of answers says beside the answers themselves, in each language.

Written whole here and not in the catalogues: such a file is also made where no Django is set up, by the command line.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class AlongWords:
    """The words of one language. `{day}`, `{name}` and `{sign}` are filled."""

    title: str
    read_on: str
    may_have_changed: str
    how_to_check: str
    what_it_is: str
    on_this_device: str
    contents: str
    changed: str
    next: str
    as_of: str
    checked: str
    not_checked: str
    rests_on: str
    compare: str
    read_at: str
    sign: str


WORDS: Final = {
    "ru": AlongWords(
        title="Записи",
        read_on="Прочитано: {day}.",
        may_have_changed="С тех пор закон мог измениться.",
        how_to_check=(
            "Как проверить: откройте тот же вопрос там, где взяли эти записи, и сравните знаки текста. Знаки"
            " другие или вопроса больше нет – текст изменился: не полагайтесь на него, сначала спросите. "
            "Сами законы публикуются на pravo.gov.ru; номера стоят под каждым ответом."
        ),
        what_it_is="Это общие сведения: вашего дела они не знают. На вопрос о вашем деле отвечает человек.",
        on_this_device="Кто найдёт этот файл, прочтёт его. Удалить его можно в любое время.",
        contents="Вопросы",
        changed="Изменилось: {day}. Правило под этим ответом уже другое. Спросите, прежде чем полагаться на него.",
        next="Что делать дальше",
        as_of="Закон на день: {day}.",
        checked="Проверка: {name}, {day}.",
        not_checked="Юрист ещё не проверил.",
        rests_on="На чём это основано",
        compare="сверить с официальным текстом",
        read_at="Где мы это прочли",
        sign="Знаки текста: {sign}",
    ),
    "en": AlongWords(
        title="Notes",
        read_on="Read on {day}.",
        may_have_changed="The law may have changed since.",
        how_to_check=(
            "How to check: open the same question where you took these notes from and compare the signs of "
            "the text. Other signs, or no such question any more, mean that the text changed: do not rely on"
            " it, ask first. The laws themselves are published at pravo.gov.ru; their numbers stand under "
            "each answer."
        ),
        what_it_is=(
            "This is general information and does not know your case. A person answers a question about your case."
        ),
        on_this_device="Whoever finds this file can read it. You can delete it at any time.",
        contents="Questions",
        changed="Changed since {day}. A rule under this answer is another one now. Ask before you rely on it.",
        next="What to do next",
        as_of="As of {day}.",
        checked="Checked by {name}, {day}.",
        not_checked="Not checked by a lawyer yet.",
        rests_on="What it rests on",
        compare="to be compared with the official text",
        read_at="Where we read it",
        sign="Signs of the text: {sign}",
    ),
    "uk": AlongWords(
        title="Нотатки",
        read_on="Прочитано: {day}.",
        may_have_changed="Відтоді закон міг змінитися.",
        how_to_check=(
            "Як перевірити: відкрийте те саме запитання там, де взяли ці нотатки, і порівняйте знаки тексту."
            " Знаки інші або запитання вже немає – текст змінився: не покладайтеся на нього, спершу "
            "запитайте. Самі закони публікують на pravo.gov.ru; номери стоять під кожною відповіддю."
        ),
        what_it_is=(
            "Це загальні відомості: вашої справи вони не знають. На запитання про вашу справу відповідає людина."
        ),
        on_this_device="Хто знайде цей файл, прочитає його. Видалити його можна будь-коли.",
        contents="Запитання",
        changed="Змінилося: {day}. Правило під цією відповіддю вже інше. Запитайте, перш ніж покладатися на неї.",
        next="Що робити далі",
        as_of="Закон на день: {day}.",
        checked="Перевірка: {name}, {day}.",
        not_checked="Юрист ще не перевірив.",
        rests_on="На чому це ґрунтується",
        compare="звірити з офіційним текстом",
        read_at="Де ми це прочитали",
        sign="Знаки тексту: {sign}",
    ),
}
