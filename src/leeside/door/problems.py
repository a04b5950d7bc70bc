"""Why a field was not taken, as a sentence for the person who typed it. Holds nothing of what was typed."""

from django.utils.translation import gettext as _

from leeside.packs.answers import AnswerProblem


def describe_problem(problem: AnswerProblem) -> str:
    """One calm sentence that says what to do."""
    match problem.code:
        case "too_long":
            return _(
                "This is too long: %(limit)s letters fit. Nothing was cut: please shorten it, or send the rest later."
            ) % {"limit": f"{problem.limit:,}".replace(",", "\u00a0")}
        case "not_a_date":
            return _("This is not a day of the calendar. Write it like 2023-12-11, or leave it empty.")
        case "only_one":
            return _("Only one answer is possible here. Please choose it again.")
        case "nothing_written":
            return _("There is nothing to answer yet. Please choose what you want, or write a few words.")
        case _:
            return _("This answer is not in the form any more. Please choose again.")
