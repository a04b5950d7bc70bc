"""Invented letters and notes for measurements: harmless sentences of the length that real ones have, from one seed."""

import random
from typing import Final

RARE_WORD: Final = "кипрей"
"""Stands in a few cases only: what a search is measured with."""
_SUBJECTS: Final = (
    "Комиссия",
    "Справка",
    "Командир",
    "Юрист",
    "Выписка",
    "Ответ",
    "Заявление",
    "Часть",
    "Мать",
    "Врач",
)
_VERBS: Final = (
    "назначена на",
    "пришла в",
    "ждёт до",
    "переписана в",
    "отправлена в",
    "лежит с",
    "подана в",
    "обещана на",
)
_TIMES: Final = ("понедельник", "вторник", "среду", "начало месяца", "конец недели", "пятницу", "второе число")
_TAILS: Final = (
    "копия осталась у нас", "оригинал вернули владельцу", "номер записан в журнале", "подпись стоит на втором листе",
    "спросить ещё раз по телефону", "ничего срочного до выходных", "печать смазана, просим заменить",
)  # fmt: skip


class Writer:
    """Writes texts; the same seed gives the same ones."""

    def __init__(self, seed: int = 577) -> None:
        self._dice = random.Random(seed)  # noqa: S311 (texts to count, nothing secret)

    def sentence(self) -> str:
        """One sentence of some twelve words."""
        dice = self._dice
        return (
            f"{dice.choice(_SUBJECTS)} {dice.choice(_VERBS)} {dice.choice(_TIMES)}, {dice.choice(_TAILS)};"
            f" {dice.choice(_TAILS)}, лист {dice.randrange(1, 400)}."
        )

    def text(self, letters: int = 150) -> str:
        """About so many letters: 150 of Cyrillic are the 280 bytes of the design."""
        parts = [self.sentence()]
        while sum(map(len, parts)) < letters:
            parts.append(self.sentence())
        return " ".join(parts)[: letters + 20]
