"""How a view tells the server that a request opened nothing sealed.

A worker that unseals is replaced after so many requests. A refusal of words leaves no key and no opened text in its
memory, and a flood of refusals must not keep a line busy with replacing workers: so it counts less. Whoever says
nothing counts whole.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest

_NOTHING_OPENED: Final = "leeside.nothing_opened"


def say_nothing_was_opened(request: HttpRequest) -> None:
    """Nothing sealed was opened for this request, and no key to anything was found."""
    request.META[_NOTHING_OPENED] = True


def was_nothing_opened(environ: Mapping[str, Any]) -> bool:
    """Whether a view said so; `environ` is the WSGI environment of the request."""
    return environ.get(_NOTHING_OPENED) is True
