"""An edition as a folder for any static host: pages, charts, posts and the data, without a server of ours.

    write_package(editions_folder, "help", 6, Path("public/help-6"))

The pages carry their style inside and link only to files beside them. Needs Django's templates to be set up.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from leeside.figures.posts import write_post
from leeside.figures.presentation import chart_file, sheet_for, show_edition
from leeside.tally.edition_folder import MANIFEST, PUBLIC_FILES, read_edition, read_file
from leeside.tally.editions import Edition
from leeside.tally.errors import EditionError
from leeside.web.languages import DEFAULT_LANGUAGE, LANGUAGES
from leeside.web.styles import frame_sheet, inline_style

_SHEET: Final = Path(__file__).parent / "static" / "figures" / "figures.css"


def write_package(editions_folder: Path, line: str, number: int, target: Path, address: str = "") -> Path:
    """Write a sound edition as a folder that did not exist before, whole or not at all; returns it.

    `address` is where the folder will be found, for the posts; without one they name no address. Raises
    `EditionError` when the folder exists or cannot be written, `DamagedEditionError` when the edition is damaged.
    """
    edition = read_edition(editions_folder, line, number)
    files = {name: read_file(editions_folder, line, number, name) for name in PUBLIC_FILES}
    for language in LANGUAGES:
        with translation.override(language):
            files |= {name: text.encode() for name, text in _texts(edition, language, address).items()}
    files["index.html"] = files[_page_name(DEFAULT_LANGUAGE)]
    if target.exists():
        raise EditionError(f"{target} exists already; nothing was written.")
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as beside:
            whole = Path(beside) / "package"
            whole.mkdir()
            for name, content in files.items():
                (whole / name).write_bytes(content)
            whole.rename(target)
    except OSError as error:
        raise EditionError(f"{target} was not written: {error.strerror}.") from error
    return target


def _page_name(language: str) -> str:
    """The page in one language."""
    return f"index.{language}.html"


def _texts(edition: Edition, language: str, address: str) -> dict[str, str]:
    """Page, post and charts in one language, which is the active one."""
    charts = {f"{language}-{series.id}.svg": chart_file(edition, series, language) for series in edition.series}
    return {
        _page_name(language): render_to_string("figures/edition.html", _page_values(edition, language, address)),
        f"post.{language}.txt": write_post(edition, language, address),
        **charts,
    }


def _page_values(edition: Edition, language: str, address: str) -> dict[str, Any]:
    """What the page's template needs, with links to files beside it."""
    others = [
        {"code": one.code, "name": one.name, "short": one.short, "path": _page_name(one.code)}
        for one in LANGUAGES.values()
    ]
    return {
        "edition": show_edition(edition, language),
        "is_latest": True,
        "damaged": (),
        "links": {"csv": sheet_for(language), "json": "data.json", "manifest": MANIFEST, "charts": f"{language}-"},
        "post": write_post(edition, language, address),
        "language": LANGUAGES[language],
        "languages": others,
        "style": inline_style(frame_sheet(), _SHEET).css,
    }
