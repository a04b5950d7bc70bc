"""The packs that a command line names: the name of a shipped one, or a folder."""

from pathlib import Path

from leeside.packs.errors import PackError
from leeside.packs.pack import Pack
from leeside.packs.reader import SHIPPED, load_pack, shipped_names
from leeside.project.errors import ProjectError


def folder_of(named: str) -> Path:
    """The folder of a pack. Raises ProjectError if there is none."""
    if named in shipped_names():
        return SHIPPED / named
    folder = Path(named)
    if not folder.is_dir():
        raise ProjectError(f"{named} is neither a folder nor a shipped pack ({', '.join(shipped_names())})")
    return folder


def pack_of(named: str) -> Pack:
    """The pack itself. Raises ProjectError, with every fault, if it cannot be used."""
    try:
        return load_pack(folder_of(named))
    except PackError as wrong:
        raise ProjectError(str(wrong)) from wrong
