"""`leeside demo`: fill a folder once, set its clock to the evening of its day, serve it on localhost; or attack it."""

import argparse
import locale
import os
import shutil
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from leeside.project.configuration import CONFIGURATION_NAME
from leeside.project.demo.marker import Marker, is_demo, read_marker
from leeside.project.errors import InstallationError
from leeside.project.installation import Installation, directory_of_environment, open_installation
from leeside.project.upkeep.toml_edit import set_value

DEMO_DAY = date(2023, 12, 5)
FOLDER = "leeside-demo"
_SETTINGS_PACKAGE = "leeside.project.demo.settings"
_ZONE = ZoneInfo("Europe/Moscow")
_LANGUAGES = ("ru", "en", "uk")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the folder is `--dir`, else $LEESIDE_DIR, else ./leeside-demo."""
    os.environ.setdefault("LEESIDE_DIR", str(Path(FOLDER).absolute()))
    if arguments.action == "prove":
        from leeside.project.demo.prove import run as prove

        return prove(as_json=arguments.json)
    directory = directory_of_environment()
    wanted = Marker(_language(arguments, directory), (arguments.today or _day(directory)).isoformat())
    _fill_unless_done(directory, wanted)
    _set_clock(directory, wanted.day)
    if arguments.no_serve:
        return 0
    return _serve(arguments.port, wanted)


def _language(arguments: argparse.Namespace, directory: Path) -> str:
    if arguments.language:
        return str(arguments.language)
    if is_demo(directory):
        return read_marker(directory).language
    terminal = (locale.getlocale()[0] or os.environ.get("LANG", ""))[:2]
    return terminal if terminal in _LANGUAGES else "en"


def _day(directory: Path) -> date:
    return read_marker(directory).day if is_demo(directory) else DEMO_DAY


def _fill_unless_done(directory: Path, wanted: Marker) -> None:
    """Fill in a process of its own, which has ended before anything is served."""
    if is_demo(directory) and read_marker(directory) == wanted:
        return
    _make_room(directory)
    begun = time.monotonic()
    print(f"Filling an invented line in {directory} ({wanted.language}, {wanted.today})", file=sys.stderr)
    command = [sys.executable, "-P", "-m", "leeside.project.demo.fill", wanted.language, wanted.today]
    status = subprocess.run(command, check=False).returncode
    if status:
        raise InstallationError("the demo could not be filled (see above)")
    print(f"Filled in {time.monotonic() - begun:.0f} s", file=sys.stderr)


def _make_room(directory: Path) -> None:
    """Clear a demo that is of another day or language, or was not filled to its end; never anything else."""
    if not directory.exists() or not any(directory.iterdir()):
        return
    settings = directory / CONFIGURATION_NAME
    try:
        is_ours = "demo = true" in settings.read_text(encoding="utf-8").splitlines()
    except OSError:
        is_ours = False
    if not is_ours:
        raise InstallationError(f"{directory} is not empty and no demo; choose another folder by --dir")
    shutil.rmtree(directory)


def _set_clock(directory: Path, today: date) -> None:
    """Each start sets the domain clock to 19:05 of the demo's day; it stands still at 23:59."""
    evening = datetime.combine(today, datetime.min.time(), _ZONE).replace(hour=19, minute=5)
    offset = int(evening.timestamp() - time.time())
    set_value(directory, "clock", "offset_seconds", str(offset))
    set_value(directory, "clock", "stands_still_at", evening.replace(hour=23, minute=59).isoformat())


def _serve(port: int, wanted: Marker) -> int:
    """Serve all four roles with the demo's settings, on localhost only."""
    from leeside.project.serving.starting import prepare_to_serve
    from leeside.project.upkeep.locks import being_served

    os.environ["DJANGO_SETTINGS_MODULE"] = "leeside.project.demo.settings.everything"
    with open_installation() as installation:
        prepare_to_serve()
    os.environ.pop("DJANGO_SETTINGS_MODULE")
    with being_served(installation.directory):
        return _supervise(installation, port, wanted)


def _supervise(installation: Installation, port: int, wanted: Marker) -> int:
    from leeside.project.serving.starting import make_supervisor

    supervisor = make_supervisor(
        installation, port=port, bind="127.0.0.1", settings_package=_SETTINGS_PACKAGE, readable=True
    )
    supervisor.on_ready = lambda: print(
        f"\n  http://localhost:{port}/{wanted.language}/demo/\n\nCtrl-C ends it.", flush=True
    )
    return supervisor.run()
