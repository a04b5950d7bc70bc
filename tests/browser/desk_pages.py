"""Which of the desk's addresses each tour comes by, by the names of its URL lists; which cannot be toured, and why.

A tour that comes by other addresses than stand here fails, and so does an address of the desk that stands nowhere
(`test_every_page_is_toured.py`): no page comes to the desk without being looked at.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.urls import resolve

from plugins.browsers import Demo

_URLS = "leeside.project.urls.desk"
TOURED: dict[str, set[str]] = {
    "volunteer": {"start", "queue", "people", "case", "note", "lock"},
    "coordinator": {
        "queue",
        "case",
        "figures",
        "invite",
        "invited",
        "admit",
        "me",
        "my_keys",
        "brief",
        "training",
        "training_letter",
        "conduct",
        "permissions",
        "person",
    },
    "queue": {"queue", "assign_many", "load", "pings"},
    "casework": {
        "due",
        "fortnight",
        "handovers",
        "hand_over_all",
        "phone_case",
        "search",
        "recall",
        "link",
        "refer",
        "renew_words",
        "hand_over",
        "paper",
        "check_writer",
        "watch",
        "contact",
        "sent_paper",
        "law",
        "rules",
        "rule",
        "try_rule",
        "make_rule",
        "law_told",
        "what_if",
        "law_days",
        "letter",
        "letters",
        "letters_together",
    },
    "counsellor": {"case", "drawer"},
    "aside": {
        "look_at_file",
        "case",
        "together",
        "phrases",
        "transfer",
        "erase_case",
        "erase_entry",
        "device_back",
        "ping_make",
    },
    "leaving": {"person", "people", "my_passphrase", "lock", "start"},
    "publisher": {"figures", "queue"},
}
NOT_TOURED = {
    "language": "leads on to the sign-in page",
    "health": "one word, for whoever supervises the process",
    "news": "one number, for the queue's script",
    "ping": "a feed for the reader on a phone, no page",
    "send_file": "leads back to the case; what is wrong with a file stands on the case's page",
    "found": "a line's first coordinator, once in its life: journeys/test_founding.py",
}


def names_of(addresses: Collection[str], demo: Demo) -> set[str]:
    """The names of those of these addresses that are the desk's."""
    paths = {urlsplit(one).path for one in addresses if one.startswith(demo.address("desk"))}
    return {str(resolve(path, _URLS).url_name) for path in paths}
