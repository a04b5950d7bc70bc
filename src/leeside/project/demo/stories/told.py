"""Every story, in the order in which they are played."""

from types import ModuleType
from typing import Final

from leeside.project.demo.stories import safety

STORIES: Final[tuple[ModuleType, ...]] = (safety,)
from leeside.project.demo.stories import files

STORIES: Final[tuple[ModuleType, ...]] = (files,)
