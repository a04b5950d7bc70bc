"""The end of an error that nobody expected: one line for the operator. `python -X dev` shows the whole of it."""

import sys
import traceback
from types import TracebackType

from leeside.project.logs import describe_place


def tell_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one line that we did something wrong, and where; an error's own text might quote what it met."""
    if sys.flags.dev_mode:
        traceback.print_exception(kind, error, trace)
    place = describe_place(kind, traceback.extract_tb(trace))
    print(f"leeside: a fault of ours, please report it: {place}", file=sys.stderr)
