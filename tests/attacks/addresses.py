"""Every address of the desk, and what each of five people gets there; a list of everybody else's addresses beside it.

Whoever adds an address adds its row: `test_roles` fails until the table names it. Where somebody may act, the post is
one that the flow itself would not take (no reason, no outcome): then 422 shows that the guard let it pass, and nothing
is changed.
"""

from collections.abc import Mapping

CASES = ("open", "taken", "hot", "hot taken")
SEES = {
    "Heron": {"open", "taken", "hot", "hot taken"},
    "Willow": {"hot", "hot taken"},
    "Wren": {"open", "taken"},
    "Finch": {"open"},
    "Rowan": set(),
}
EVERYBODY = tuple(SEES)
WORKERS = ("Heron", "Willow", "Wren", "Finch")
STRANGER = "0" * 32
COUNSEL = dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200)
Row = tuple[str, str, Mapping[str, str], Mapping[str, int]]

# name of the address -> method, path, fields, and who gets what; everybody else gets 404. `{case}` is the one that Wren
# has taken, `{hot}` the one that Willow has, `{reader}` is Willow.
TABLE: dict[str, list[Row]] = {
    "language": [("GET", "/", {}, dict.fromkeys(EVERYBODY, 302))],
    "health": [("GET", "/health", {}, dict.fromkeys(EVERYBODY, 200))],
    "start": [("GET", "/en/", {}, dict.fromkeys(EVERYBODY, 302))],
    "queue": [("GET", "/en/queue/", {}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200))],
    "rules": [("GET", "/en/rules/", {}, COUNSEL)],
    "rule": [("GET", "/en/rules/of/report_for_commission", {}, COUNSEL), ("GET", "/en/rules/of/none", {}, {})],
    "try_rule": [
        ("GET", "/en/rules/try", {}, COUNSEL),
        ("POST", "/en/rules/try", {"id": ""}, dict.fromkeys(WORKERS, 422)),
    ],
    "make_rule": [
        ("GET", "/en/rules/make", {}, COUNSEL),
        ("POST", "/en/rules/make", {"do": "download", "id": "../x", "text": "x"}, {}),
    ],
    # Nobody of the five is a lawyer of the line.
    "sign_review": [("POST", "/en/rules/of/report_for_commission/sign", {"verdict": "holds"}, {})],
    "recall": [
        ("GET", "/en/recall/", {}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200)),
        ("POST", "/en/recall/", {}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200)),
    ],
    "recall_send": [
        ("POST", "/en/recall/send", {"change": "x"}, {}),
        ("POST", "/en/recall/send", {"change": "new|||x|y"}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 422)),
    ],
    "recall_aside": [
        ("POST", "/en/recall/aside", {"change": "x"}, {}),
        ("POST", "/en/recall/aside", {"change": "new|||x|y"}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 422)),
    ],
    "search": [
        ("GET", "/en/search/", {}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200)),
        ("POST", "/en/search/", {"words": ""}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 422)),
        ("POST", "/en/search/", {"words": "letter"}, dict.fromkeys(("Heron", "Willow", "Wren", "Finch"), 200)),
    ],
    "people": [("GET", "/en/people/", {}, dict.fromkeys(EVERYBODY, 200))],
    "invite": [("POST", "/en/people/invite", {}, {"Heron": 200})],
    "admit": [
        ("GET", "/en/people/admit", {}, {"Heron": 200}),
        ("POST", "/en/people/admit", {}, {"Heron": 422}),
        ("POST", "/en/people/admit", {f"first-{STRANGER}": "word", f"role-{STRANGER}": "lead"}, {"Heron": 422}),
    ],
    "confirm_keys": [("POST", "/en/people/confirm-keys", {"reader": "{reader}"}, {})],
    "brief": [
        ("GET", "/en/people/brief", {}, {"Heron": 200}),
        ("POST", "/en/people/brief", {"circle": "first", "text": ""}, {"Heron": 422}),
    ],
    "set_person": [
        ("POST", "/en/people/{reader}/terms", {"role": "closed", "number": "1"}, {"Heron": 409}),
        ("POST", f"/en/people/{STRANGER}/terms", {"role": "lead", "number": "1"}, {}),
    ],
    "cut_off": [
        ("POST", "/en/people/{reader}/cut-off", {"way": "in"}, {"Heron": 302}),
        ("POST", f"/en/people/{STRANGER}/cut-off", {"way": "out"}, {}),
    ],
    "give_shift": [("POST", "/en/people/{reader}/shift", {"hours": "4", "places": "3"}, {})],
    "give_keys": [("POST", "/en/people/{reader}/keys", {}, {"Heron": 302})],
    "permissions": [("GET", "/en/permissions/", {}, dict.fromkeys(EVERYBODY, 200))],
    "conduct": [("GET", "/en/conduct/", {}, dict.fromkeys(EVERYBODY, 200))],
    "training": [
        ("GET", "/en/training/", {}, dict.fromkeys(WORKERS, 200)),
        ("POST", "/en/training/", {}, dict.fromkeys(WORKERS, 302)),
    ],
    "training_letter": [
        ("GET", "/en/training/ward/", {}, dict.fromkeys(WORKERS, 200)),
        ("GET", "/en/training/nothing/", {}, {}),
    ],
    "me": [("GET", "/en/me/", {}, dict.fromkeys(EVERYBODY, 200))],
    "end_my_session": [("POST", "/en/me/sessions", {"which": STRANGER}, dict.fromkeys(EVERYBODY, 302))],
    "my_shift": [("POST", "/en/me/shift", {"hours": "3"}, dict.fromkeys(WORKERS, 422))],
    "my_zone": [("POST", "/en/me/zone", {"zone": ""}, dict.fromkeys(EVERYBODY, 302))],
    "my_passphrase": [
        ("GET", "/en/me/passphrase", {}, dict.fromkeys(EVERYBODY, 200)),
        ("POST", "/en/me/passphrase", {"shown": "x", "present": "x"}, dict.fromkeys(EVERYBODY, 422)),
    ],
    "my_keys": [
        ("GET", "/en/me/keys", {}, dict.fromkeys(EVERYBODY, 200)),
        ("POST", "/en/me/keys", {"shown": "x", "secret": "x"}, {}),
    ],
    "renew": [("POST", "/en/people/renew", {}, {"Heron": 302})],
    "person": [
        ("GET", "/en/people/{reader}/", {}, {"Heron": 200}),
        ("POST", f"/en/people/{STRANGER}/", {}, {}),
    ],
    "found": [
        ("GET", f"/en/found/{STRANGER}", {}, {}),
        ("POST", f"/en/found/{STRANGER}", {"name": "Somebody"}, {}),
    ],
    "invited": [
        ("GET", f"/en/invited/{STRANGER}.{STRANGER}{STRANGER}", {}, {}),
        ("POST", f"/en/invited/{STRANGER}.{STRANGER}{STRANGER}", {"name": "Somebody"}, {}),
    ],
    "figures": [
        ("GET", "/en/figures/", {}, {"Heron": 200, "Rowan": 200}),
        ("POST", "/en/figures/", {"first": "x", "last": "x", "number": "0"}, {"Heron": 409, "Rowan": 409}),
    ],
    "case": [("GET", "{case}", {}, {"Heron": 200, "Wren": 200})],
    "law": [("GET", "{case}law", {}, {"Heron": 200, "Wren": 200})],
    "what_if": [
        ("GET", "/en/guide/", {}, COUNSEL),
        ("POST", "/en/guide/", {"now-where": "unit"}, COUNSEL),
        ("POST", "/en/guide/", {"now-where": "nowhere"}, dict.fromkeys(COUNSEL, 422)),
        ("POST", "/en/guide/", {"begin": "case", "case": "{hot}"}, {"Heron": 200, "Willow": 200}),
        ("POST", "/en/guide/", {"begin": "case", "case": "no-such-case"}, {}),
    ],
    "law_told": [
        ("GET", "{case}law/told", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}law/told", {"day": ""}, {"Heron": 422, "Wren": 422}),
    ],
    "law_days": [
        ("GET", "{case}law/days", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}law/days", {"do": "set", "day": ""}, {"Heron": 422, "Wren": 422}),
        ("POST", "{case}law/days", {"do": "back", "key": STRANGER, "line": "x"}, {}),
        ("POST", "{case}law/days", {"do": "done", "key": STRANGER, "line": "x"}, {}),
        ("POST", "{case}law/days", {"do": "again", "key": STRANGER, "line": "x"}, {}),
    ],
    "letters": [("GET", "{case}letter/", {}, {"Heron": 200, "Wren": 200})],
    "letters_together": [
        ("GET", "/en/letters/", {}, dict.fromkeys(WORKERS, 200)),
        ("POST", "/en/letters/", {"do": "make", "letter": "report_commission"}, dict.fromkeys(WORKERS, 422)),
        ("POST", "/en/letters/", {"do": "find", "letter": "report_commission"}, dict.fromkeys(WORKERS, 200)),
    ],
    "letter": [
        ("GET", "{case}letter/report_commission/", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}letter/report_commission/", {"do": "docx"}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}letter/report_commission/", {"do": "open"}, {"Heron": 200, "Wren": 200}),
        ("GET", "{case}letter/no_such_paper/", {}, {}),
    ],
    "letter_ask": [("POST", "{case}letter/" + STRANGER + "/ask", {}, {})],
    "letter_back": [("POST", "{case}letter/" + STRANGER + "/back", {"line": "x"}, {})],
    "letter_checked": [("POST", "{case}letter/" + STRANGER + "/checked", {}, {})],
    "letter_give": [("POST", "{case}letter/" + STRANGER + "/give", {"form": "pdf"}, {})],
    "drawer": [
        ("POST", "{case}drawer/identity", {}, {"Heron": 200}),
        ("POST", "{case}drawer/place", {}, {"Heron": 200}),
        ("POST", "{case}drawer/story", {}, {}),
    ],
    "answer": [("POST", "{case}answer", {"text": ""}, {"Heron": 422, "Wren": 422})],
    "undo": [("POST", "{case}undo", {"entry": STRANGER}, {})],
    "note": [("POST", "{case}note", {"text": ""}, {"Heron": 422, "Wren": 422})],
    "draft": [("POST", "{case}draft/answer", {"text": ""}, {"Heron": 302, "Wren": 302})],
    "leave_draft": [("POST", "{case}draft/answer/leave", {"draft": "7"}, {"Heron": 409, "Wren": 409})],
    "ask_check": [("POST", "{case}ask-check", {"text": ""}, {"Heron": 422, "Wren": 422})],
    "check": [
        ("POST", "{case}check/back", {"author": STRANGER, "line": "x"}, {"Heron": 409, "Wren": 409}),
        ("POST", "{case}check/send", {"author": STRANGER, "text": "x"}, {"Heron": 409, "Wren": 409}),
        ("POST", "{case}check/approve", {"author": STRANGER, "text": "x"}, {"Heron": 409, "Wren": 409}),
        ("POST", "{case}check/nothing", {"author": STRANGER}, {}),
    ],
    "withdraw_fact": [("POST", "{case}fact/withdraw", {"fact": "none", "why": ""}, {"Heron": 422, "Wren": 422})],
    "late_outcome": [("POST", "{case}late-outcome", {"outcome": "answered"}, {})],
    "asked_again": [("POST", "{case}asked-again", {"heard": "x"}, {})],
    "half_check": [("POST", "{case}half-check", {"half": "x"}, {})],
    "term": [("POST", "{case}term", {"outcome": "sentence_suspended", "source": "said"}, {"Heron": 422, "Wren": 422})],
    "due": [("GET", "/en/due/", {}, dict.fromkeys(set(EVERYBODY) - {"Rowan"}, 200))],
    "fortnight": [("GET", "/en/due/fortnight", {}, dict.fromkeys(set(EVERYBODY) - {"Rowan"}, 200))],
    "fact": [("POST", "{case}fact", {"fact": "none", "day": ""}, {"Heron": 422, "Wren": 422})],
    "step": [("POST", "{case}step", {}, {"Heron": 422, "Wren": 422})],
    "give_back": [("POST", "{case}give-back", {"reason": ""}, {"Heron": 422, "Wren": 422})],
    "move": [("POST", "{case}move", {"reason": "", "circle": "closed"}, {"Heron": 422, "Wren": 422})],
    "confirm": [("POST", "{case}confirm", {"kind": "none"}, {"Heron": 422, "Wren": 422})],
    "grant": [
        ("POST", "{case}grant", {"reader": STRANGER}, {}),
        ("POST", "{case}grant", {"reader": "{reader}"}, {"Heron": 302, "Wren": 302}),
    ],
    "revoke": [("POST", "{case}revoke", {"reader": "{reader}"}, {"Heron": 302, "Wren": 302})],
    "rekey": [("POST", "{case}rekey", {}, {"Heron": 302, "Wren": 302})],
    "close": [("POST", "{case}close", {"outcome": "none"}, {"Heron": 422, "Wren": 422})],
    "reopen": [("POST", "{case}reopen", {}, {"Heron": 422, "Wren": 422})],
    "hand_over": [
        ("GET", "{case}hand-over", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}hand-over", {}, {"Heron": 422, "Wren": 422}),
    ],
    "accept_offer": [("POST", "{case}hand-over/accept", {}, {})],
    "refuse_offer": [("POST", "{case}hand-over/refuse", {}, {})],
    "withdraw_offer": [("POST", "{case}hand-over/withdraw", {}, {})],
    "stand_in": [("POST", "{case}stand-in", {}, {"Heron": 422, "Wren": 422})],
    "no_stand_in": [("POST", "{case}stand-in/end", {}, {"Heron": 302, "Wren": 302})],
    "assign": [("POST", "{case}assign", {"reader": STRANGER}, {})],
    "erase_case": [("GET", "{case}erase", {}, {"Heron": 200}), ("POST", "{case}erase", {}, {"Heron": 422})],
    "erase_entry": [("GET", "{case}erase/" + STRANGER, {}, {}), ("POST", "{case}erase/" + STRANGER, {}, {})],
    "erase_file": [("POST", "{case}file/" + STRANGER + "/erase", {}, {})],
    "look_at_file": [
        ("GET", "{case}file/" + STRANGER + "/", {}, dict.fromkeys(EVERYBODY, 302)),
        ("POST", "{case}file/" + STRANGER + "/", {}, {}),
    ],
    "send_file": [
        ("GET", "{case}send-file", {}, dict.fromkeys(EVERYBODY, 302)),
        ("POST", "{case}send-file", {}, {"Heron": 422, "Wren": 422}),
    ],
    "link": [
        ("GET", "{case}link", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}link", {}, {"Heron": 422, "Wren": 422}),
    ],
    "unlink": [("POST", "{case}unlink", {}, {})],
    "together": [("GET", "{case}together", {}, {})],
    "one_owner": [("POST", "{case}one-owner", {}, {"Heron": 302, "Wren": 302})],
    "told": [("POST", "{case}told", {}, {"Heron": 422, "Wren": 422})],
    "refer": [
        ("GET", "{case}refer", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}refer", {}, {"Heron": 422, "Wren": 422}),
    ],
    "referral_outcome": [("POST", "{case}refer/outcome", {}, {})],
    "referral_revoke": [("POST", "{case}refer/back", {}, {})],
    "renew_words": [
        ("GET", "{case}renew", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}renew", {}, {"Heron": 422, "Wren": 422}),
    ],
    "transfer": [
        ("GET", "{case}transfer", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}transfer", {}, {"Heron": 422, "Wren": 422}),
    ],
    "told_by_phone": [("POST", "{case}told-by-phone", {}, {"Heron": 422, "Wren": 422})],
    "phone_case": [
        ("GET", "/en/by-phone/", {}, COUNSEL),
        ("POST", "/en/by-phone/", {}, dict.fromkeys(COUNSEL, 422)),
    ],
    "handovers": [("GET", "/en/handovers/", {}, COUNSEL)],
    "accept_many": [("POST", "/en/handovers/accept", {}, {})],
    "hand_over_all": [
        ("GET", "/en/handovers/all", {}, COUNSEL),
        ("POST", "/en/handovers/all", {}, dict.fromkeys(COUNSEL, 422)),
    ],
    "stand_in_all": [("POST", "/en/handovers/stand-in", {}, dict.fromkeys(COUNSEL, 422))],
    "reassign": [("POST", "/en/handovers/reassign", {}, {"Heron": 422})],
    "load": [("GET", "/en/load/", {}, {"Heron": 200})],
    "news": [("GET", "/en/queue/news", {}, COUNSEL)],
    "assign_many": [("POST", "/en/queue/assign", {}, {"Heron": 400})],
    "spam_many": [("POST", "/en/queue/no-request", {}, {"Heron": 400})],
    "pings": [("GET", "/en/pings/", {}, COUNSEL)],
    "ping_make": [("POST", "/en/pings/make", {}, COUNSEL)],
    "ping_end": [("POST", "/en/pings/end", {}, dict.fromkeys(COUNSEL, 302))],
    "ping": [("GET", "/en/ping/" + STRANGER, {}, {})],
    "keep": [("POST", "{case}keep", {}, {"Heron": 302})],
    "take": [("POST", "{case}take", {}, {"Heron": 302})],
    "contact": [
        ("GET", "{case}contact", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}contact", {}, {"Heron": 422, "Wren": 422}),
    ],
    "check_writer": [
        ("GET", "{case}check", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}check", {}, {"Heron": 422, "Wren": 422}),
    ],
    "watch": [
        ("GET", "{case}silence", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}silence", {"day": ""}, {"Heron": 422, "Wren": 422}),
    ],
    "unwatch": [("POST", "{case}silence/off", {}, {"Heron": 302, "Wren": 302})],
    "write_first": [("POST", "{case}write-first", {"reason": ""}, {"Heron": 422})],
    "no_alarm": [("POST", "{case}no-alarm", {"reason": ""}, {"Heron": 422, "Wren": 422})],
    "phrases": [("POST", "{case}phrases", {}, {"Heron": 200, "Wren": 200})],
    "agree": [("POST", "{case}phrases/agree", {"they": ""}, {"Heron": 422, "Wren": 422})],
    "paper": [
        ("GET", "{case}paper/new", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}paper/new", {}, {"Heron": 422, "Wren": 422}),
    ],
    "sent_paper": [
        ("GET", "{case}sent/new", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}sent/new", {}, {"Heron": 422, "Wren": 422}),
    ],
    "not_seized": [("POST", "{case}not-seized", {}, {"Heron": 422, "Wren": 422})],
    "device_back": [
        ("GET", "{case}device-back", {}, {"Heron": 200, "Wren": 200}),
        ("POST", "{case}device-back", {}, {"Heron": 422, "Wren": 422}),
    ],
    "seized": [("POST", "{case}seized", {}, {"Heron": 302, "Wren": 302})],
    "take_over": [("POST", "{case}take-over", {}, {})],
    "swap": [("POST", "{case}swap", {}, {}), ("POST", "/en/case/{hot}/swap", {}, {"Willow": 302})],
    "turn": [("POST", "/en/people/turn", {}, {"Heron": 302})],
    "lock": [("POST", "/en/lock", {"way": "out"}, dict.fromkeys(EVERYBODY, 302))],
}


# What has to be done (by Heron) before each post that is allowed, so that there is something to act upon.
BEFORE: dict[str, tuple[str, Mapping[str, str]]] = {"revoke": ("{case}grant", {"reader": "{reader}"})}

OTHERS = {
    "door": ("/", "/health", "/exit", "/exit/left", "/ru/", "/ru/help", "/ru/help/", "/ru/help/safety",
             "/ru/help/parcel", "/ru/help/as-mother"),
    "mailbox": ("/", "/health", "/exit", "/ru/help/", "/ru/help/conversation", "/ru/help/reply", "/ru/help/erase"),
    "public": ("/", "/health", "/en/", "/en/help/", "/nowhere"),
}  # fmt: skip
