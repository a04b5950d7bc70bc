"""What may reach the error log: the kind and place of a failure, and lines that our own code wrote for operators.

Other people's log messages quote paths, query strings and values; they are dropped here, whatever they say.
"""

import logging
import traceback
from pathlib import Path

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"faults": {"()": "leeside.project.logs.OnlyFaults"}},
    "formatters": {"plain": {"()": "leeside.project.logs.PlainFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "leeside": {"level": "INFO"},
        # An answer of 500 or 503 is logged by who decided it; here only exceptions that nobody expected are news.
        "django.request": {"handlers": ["stderr"], "filters": ["faults"], "propagate": False},
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # A missing page or a refused post is no news for an operator, and its line would quote the address asked for.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        # It has a line for each HEAD that a page answers; a line has its moment, and so would tell of a visit.
        "gunicorn.http": {"handlers": ["nowhere"], "propagate": False},
    },
}


class OnlyFaults(logging.Filter):
    """Lets through what carries an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether an exception is being told."""
        return bool(record.exc_info and record.exc_info[0])


class PlainFormatter(logging.Formatter):
    """One line a record: level, logger, our own message or else only the failure's kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; never a value, an argument of foreign code, or a traceback's source lines."""
        ours = record.name == "leeside" or record.name.startswith("leeside.")
        parts = [record.levelname.lower(), record.name]
        if ours:
            parts.append(record.getMessage())
        if record.exc_info and record.exc_info[0] is not None:
            parts.append(describe_place(record.exc_info[0], traceback.extract_tb(record.exc_info[2])))
        elif not ours:
            parts.append(f"{Path(record.pathname).name}:{record.lineno}")
        return " ".join(parts)


def describe_place(kind: type[BaseException], frames: traceback.StackSummary) -> str:
    """Say which error it was and where, by our own innermost line of code, without its text."""
    own = [frame for frame in frames if "leeside/" in frame.filename.replace("\\", "/")]
    innermost = (own or list(frames))[-1:]
    place = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in innermost)
    return f"{kind.__module__}.{kind.__qualname__}{place}"
