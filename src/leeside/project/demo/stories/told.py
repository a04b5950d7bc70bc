"""Every story, in the order in which they are played."""

from types import ModuleType
from typing import Final

STORIES: Final[tuple[ModuleType, ...]] = ()
