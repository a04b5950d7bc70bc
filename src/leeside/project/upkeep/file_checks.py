"""Checks of what files need: a second name for the desk, and walls around whatever looks at them."""

from collections.abc import Iterator

from leeside.desk.files.drawing import is_possible
from leeside.project.installation import Installation
from leeside.project.upkeep.findings import Finding, care, fine


def check_files(installation: Installation) -> Iterator[Finding]:
    """Both checks; without one of them files are taken and kept, and not shown."""
    yield check_second_name(installation.configuration.files_address())
    yield check_walls(is_drawn=is_possible())


def check_second_name(address: str) -> Finding:
    """Files are handed out under another name than the desk's, or not at all."""
    if not address:
        return care("files", "no second name (desk.files_url): the desk shows and hands out no file")
    return fine("files", f"shown and handed out under {address}")


def check_walls(*, is_drawn: bool) -> Finding:
    """A dot of our own is drawn by the very child that draws people's files."""
    if not is_drawn:
        return care("drawing", "no walls on this machine (seccomp, Linux on x86_64 or aarch64): files are not drawn")
    return fine("drawing", "files are drawn behind walls")
