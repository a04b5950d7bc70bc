"""What a file is and how large, in words: the same at the mailbox and at the desk."""

from django.utils.translation import gettext as _

from leeside.sealing.attachments import PDF, PICTURES

_KILO, _MEGA = 1_000, 1_000_000


def shape_words(shape: str) -> str:
    """What a file is, as far as its first bytes tell."""
    if shape in PICTURES:
        return _("a picture")
    return _("a PDF") if shape == PDF else _("a file")


def size_words(size: int) -> str:
    """A size as people say it."""
    if size >= _MEGA:
        return _("%(number)s MB") % {"number": f"{size / _MEGA:.1f}"}
    return _("%(number)d KB") % {"number": max(1, round(size / _KILO))}


def file_words(shape: str, size: int) -> str:
    """What a file is and how large."""
    return f"{shape_words(shape)}, {size_words(size)}"
