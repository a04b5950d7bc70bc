"""Style sheets for pages that carry their style inside themselves, so that they need one request only."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from leeside.web.policy import content_policy

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")


@dataclass(frozen=True)
class InlineStyle:
    """A style's text as it stands between `<style>` and `</style>`, and its token for the policy."""

    css: str
    token: str

    @property
    def policy(self) -> str:
        """The policy of a page that has this style and nothing else."""
        return content_policy(style_hashes=(self.token,))


def shrink_css(css: str) -> str:
    """The same rules without comments and needless space. Written for our own sheets: no strings with braces."""
    css = _SPACE.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", css).replace(";}", "}").strip()


def inline_style(*paths: Path, rules: str = "") -> InlineStyle:
    """Join and shrink the sheets in `paths`, in their order, and then `rules` made for one page."""
    css = shrink_css("\n".join([path.read_text(encoding="utf-8") for path in paths] + [rules]))
    digest = hashlib.sha256(css.encode()).digest()
    return InlineStyle(css, "sha256-" + base64.b64encode(digest).decode())


def frame_sheet() -> Path:
    """The sheet all pages share."""
    return Path(__file__).parent / "static" / "web" / "leeside.css"
