"""What a file is and how large, in words, and what a field for files proposes: at the mailbox as at the desk."""

from typing import Final

from django.utils.translation import gettext as _

from leeside.sealing.attachments import PDF, PICTURES

_KILO, _MEGA = 1_000, 1_000_000

ACCEPT: Final = ",".join(
    (
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rtf",
        "application/zip",
        "message/rfc822",
        "text/*",
        "audio/*",
        "video/*",
    )
)
"""What a field for files proposes. JPEG stands first and HEIC nowhere: then iOS and macOS make a JPEG of a HEIC photo
while it is chosen (ADR 0098). It is a proposal to the browser and no rule of ours: whatever arrives is taken."""


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
