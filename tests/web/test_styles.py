from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from leeside.web.policy import content_policy
from leeside.web.styles import frame_sheet, inline_style, shrink_css


def test_comments_and_needless_space_go() -> None:
    css = "/* why */ a ,  b > c { color : red ; margin: 0 auto; }\n\n/* so */"
    assert shrink_css(css) == "a,b>c{color : red;margin: 0 auto}"


def test_space_that_means_something_stays() -> None:
    assert shrink_css(".a .b { margin: calc(1rem + 2px) }") == ".a .b{margin: calc(1rem + 2px)}"


def test_the_token_is_the_hash_of_what_stands_in_the_page(tmp_path: Path) -> None:
    sheet = tmp_path / "a.css"
    sheet.write_text("p { color: red; }", encoding="utf-8")
    style = inline_style(sheet, rules="#c1{display:none}")
    assert style.css == "p{color: red}#c1{display:none}"
    assert style.token == "sha256-" + b64encode(sha256(style.css.encode()).digest()).decode()
    assert f"style-src '{style.token}'" in style.policy


def test_the_frame_is_ready_for_scripts_from_right_to_left() -> None:
    css = shrink_css(frame_sheet().read_text(encoding="utf-8"))
    for side in ("margin-left", "margin-right", "padding-left", "padding-right", "text-align:left", "float:"):
        assert side not in css.replace(" ", ""), side


def test_a_policy_allows_nothing_that_was_not_asked_for() -> None:
    bare = content_policy()
    assert bare == (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert "img-src 'self' data:" in content_policy(images=True)
    assert "script-src 'self'" in content_policy(own_scripts=True)
