"""Pages whose length must not tell what stands in them are filled up to multiples of 8 KiB.

The filler is white space behind `</html>`. It hides nothing from whoever compresses the page on its way:
`Cache-Control: no-transform` asks that nobody does, and the examples in `docs/operate` switch it off.
"""

from typing import Final

from django.http import HttpResponse

PAGE_STEP_BYTES: Final = 8 * 1024


def pad_page(response: HttpResponse) -> HttpResponse:
    """Fill the body of `response` to the next multiple of `PAGE_STEP_BYTES`; an empty body takes a whole step."""
    body = response.content
    steps = max(1, -(-len(body) // PAGE_STEP_BYTES))
    response.content = body.ljust(steps * PAGE_STEP_BYTES, b" ")
    return response
