"""Why a file is not shown, or only its beginning."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def refusal_words(reason: str) -> str:
    """Why a file is not shown, in a sentence."""
    told = {
        "broken": _("It is damaged, or not what it says it is. It can only be downloaded."),
        "too_large": _("It is too large to be drawn here. It can only be downloaded."),
        "locked": _("It is locked by a password. It can only be downloaded."),
        "no_wall": _("This server cannot draw files safely, so nothing is drawn. Tell the keeper to ask the doctor."),
        "too_slow": _("Drawing it took too long and was stopped. It can only be downloaded."),
        "misbehaved": _("It tried what no picture needs, and was stopped. Be careful with it."),
        "busy": _("Too many files are being looked at just now. Try again in a minute."),
        "other": _("Files of this kind are not drawn here. It can only be downloaded."),
        "heic": _(
            "It is a photo in an iPhone’s own format (HEIC), which is not drawn here. Ask for it once more, chosen from"
            " Photos: the telephone then makes a JPEG of it. This one can only be downloaded."
        ),
        "no_host": _("This line has no second address for files yet, so none is shown or handed out. Tell the keeper."),
    }
    return told.get(reason, told["broken"])


def pages_words(shown: int, pages: int) -> str:
    """That only the first pages are drawn."""
    if shown >= pages:
        return ""
    text = ngettext(
        "The first %(shown)d of %(pages)d page is shown here.",
        "The first %(shown)d of %(pages)d pages are shown here. For the rest, download it.",
        pages,
    )
    return text % {"shown": shown, "pages": pages}
