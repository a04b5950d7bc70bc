"""The same as `warming` for the mailbox: apart, because the mailbox's pages lead to what unseals."""

from leeside.door import mailbox_pages
from leeside.door.warming import warm_lines


def warm_mailbox() -> None:
    """Every page of the mailbox that can be made before anybody comes."""
    for line, pack in warm_lines():
        for language in pack.languages:
            mailbox_pages.prepare(line, language)
