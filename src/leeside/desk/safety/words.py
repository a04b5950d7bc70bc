"""Words for what safe contact is made of: zones, weekdays, channels, hours, and how somebody was heard."""

from django.utils.translation import gettext as _

from leeside.desk.safety.contact import Window


def zone_words(zone: str) -> str:
    """A clock by the cities that live by it."""
    words = {
        "Europe/Kaliningrad": _("Kaliningrad"),
        "Europe/Moscow": _("Moscow"),
        "Europe/Samara": _("Samara"),
        "Asia/Yekaterinburg": _("Yekaterinburg"),
        "Asia/Omsk": _("Omsk"),
        "Asia/Novosibirsk": _("Novosibirsk"),
        "Asia/Krasnoyarsk": _("Krasnoyarsk"),
        "Asia/Irkutsk": _("Irkutsk"),
        "Asia/Yakutsk": _("Yakutsk"),
        "Asia/Vladivostok": _("Vladivostok"),
        "Asia/Magadan": _("Magadan"),
        "Asia/Kamchatka": _("Kamchatka"),
        "Europe/Kyiv": _("Kyiv"),
        "Asia/Tbilisi": _("Tbilisi"),
        "Asia/Yerevan": _("Yerevan"),
        "Asia/Almaty": _("Almaty"),
        "Asia/Bishkek": _("Bishkek"),
        "Europe/Istanbul": _("Istanbul"),
        "Asia/Jerusalem": _("Jerusalem"),
        "Europe/Belgrade": _("Belgrade"),
        "Europe/Berlin": _("Berlin"),
        "Europe/London": _("London"),
        "America/New_York": _("New York"),
        "America/Argentina/Buenos_Aires": _("Buenos Aires"),
    }
    return words.get(zone, zone)


def weekday_words() -> tuple[str, ...]:
    """The days of the week, from Monday, short."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def window_words(window: Window) -> str:
    """The hours in a few words: `Mon, Tue 19:00-23:00, Moscow`."""
    names = weekday_words()
    days = ", ".join(names[day] for day in sorted(window.days)) if len(window.days) not in (0, 7) else ""
    hours = _("at any hour") if window.starts == window.ends else f"{window.starts:%H:%M}–{window.ends:%H:%M}"
    return ", ".join(part for part in (days, hours, zone_words(window.zone)) if part)


def channel_words(channel: str) -> str:
    """By what way they read us."""
    words = {
        "here": _("in the mailbox here"),
        "telegram": "Telegram",
        "signal": "Signal",
        "whatsapp": "WhatsApp",
        "email": _("e-mail"),
        "call": _("by telephone"),
        "through": _("through somebody they trust"),
    }
    return words.get(channel, channel)


def how_words(how: str) -> str:
    """By what way we know that the device is back."""
    words = {
        "voice": _("we spoke by voice"),
        "in_person": _("seen in person"),
        "lawyer": _("through their lawyer"),
        "relative": _("through a relative"),
    }
    return words.get(how, how)
