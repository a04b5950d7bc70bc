"""What a process makes once and then shows for ever, made before it is forked: its workers share it and start at once.

A worker of the mailbox lives for 200 requests; without this each would read three word lists and render its pages
anew, at the cost of a hundred requests. Nothing of a request may come in here: the parent never sees one.
"""

from django.core.exceptions import ImproperlyConfigured

from leeside.door import shown_pages
from leeside.door.open_lines import pack_of
from leeside.packs.errors import PackError
from leeside.packs.pack import Pack
from leeside.sealing.words import LANGUAGES as WORD_LANGUAGES
from leeside.sealing.words import word_list
from leeside.web.lines import LineSettings, all_lines


def warm_lines() -> list[tuple[LineSettings, Pack]]:
    """Read the packs of all lines, and the word lists. A pack that cannot be read stops the start, with its faults."""
    for language in WORD_LANGUAGES:
        word_list(language)
    try:
        return [(line, pack_of(line)) for line in all_lines()]
    except PackError as error:
        raise ImproperlyConfigured(str(error)) from None


def warm_door() -> None:
    """Every page of the door, in every language and voice."""
    for line, pack in warm_lines():
        for language in pack.languages:
            shown_pages.prepare(line, language)
            for voice in pack.voices:
                shown_pages.form_page(line, language, voice.id)
                shown_pages.prepare_acknowledgement(line, language, voice.id)
