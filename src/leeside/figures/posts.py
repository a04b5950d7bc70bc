"""A post ready to paste: the findings of an edition as plain text, with what is counted and where it can be checked."""

from django.utils.translation import gettext as _

from leeside.figures.presentation import headline_of
from leeside.tally.editions import Edition
from leeside.tally.month_names import write_month


def write_post(edition: Edition, language: str, address: str) -> str:
    """The post in one language, which must be the active one. `address` is the edition's own, absolute, or empty."""
    main = edition.definitions[0]
    statements = [each.texts[language] for each in edition.statements_of(main.id)]
    lines = [
        f"{edition.titles.get(language, edition.line)}. {write_month(edition.months[-1], language)}",
        "",
        headline_of(edition, language),
        *(f"• {statement}" for statement in statements[1:]),
        "",
        _("What is counted: %(definition)s") % {"definition": main.texts[language]},
    ]
    if address:
        lines.append(_("Figures, definitions and data: %(address)s") % {"address": address})
    return "\n".join(lines)
