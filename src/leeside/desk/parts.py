"""The parts of the work, each joined to the desk by a line here: this module may import every part.

One line a part in each list that it needs:
    DUES      `provider(seat, file) -> tuple[Due, ...]`, from the part's `due.py`
    PANELS    name -> `make(seat, file) -> panel or None`, from the part's `panel.py`; a template shows it as
              `sheet.panels.NAME` by one include
    WARNINGS  `provider(seat, file) -> tuple[str, ...]`: sentences above the field for the writer
Low modules (`opening`, `due`, `sheet`, `views`) never import a part; they ask `seams`.
"""

from collections.abc import Mapping
from typing import Final

from leeside.desk.seams import SEAMS, DueProvider, PanelMaker, WarningProvider

DUES: Final[tuple[DueProvider, ...]] = ()
PANELS: Final[Mapping[str, PanelMaker]] = {}
WARNINGS: Final[tuple[WarningProvider, ...]] = ()


def join_parts() -> None:
    """Give the desk what its parts have. Called when the app is ready."""
    SEAMS.fill(DUES, PANELS, WARNINGS)
