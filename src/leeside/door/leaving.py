"""The way out: ends nothing but what this browser kept of us, and goes to a neutral page."""

from django.conf import settings
from django.http import HttpResponse


def leave_page() -> HttpResponse:
    """303 to the neutral page of the settings. `Clear-Site-Data` empties what the browser stored for this origin.

    What it cannot reach (history, names looked up, the provider) is said on the page that leads here.
    """
    response = HttpResponse(status=303)
    response.headers["Location"] = settings.LEESIDE_EXIT_URL
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # The neutral page must not learn where its visitor comes from.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
