"""What each role's process has loaded: the linter cannot see strings such as INSTALLED_APPS, so each is asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.servers import environment

# Loads everything that serving the role loads: the application and every address behind it.
QUESTION = """
import json, sys
from leeside.project.wsgi import application
from django.urls import get_resolver
def walk(patterns):
    for pattern in patterns:
        walk(getattr(pattern, "url_patterns", []))
walk(get_resolver().url_patterns)
print(json.dumps(sorted(name for name in sys.modules if name.split(".")[0] in {"leeside", "cryptography"})))
"""
UNSEALING = {"leeside.sealing.unseal", "leeside.sealing.unseal_many", "leeside.sealing.unseal_streams"}
# role -> zones that must not be loaded in it
STRANGERS = {
    "door": {"leeside.desk", "leeside.figures", "leeside.tally", "leeside.project.demo", *UNSEALING},
    "mailbox": {"leeside.desk", "leeside.figures", "leeside.tally", "leeside.project.demo"},
    "desk": {"leeside.door", "leeside.figures", "leeside.project.demo"},
    "public": {
        "leeside.vault", "leeside.door", "leeside.desk", "leeside.sealing.seal", *UNSEALING,
        "leeside.project.demo", "cryptography",
    },
}  # fmt: skip


def loaded_modules(role: str, directory: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", QUESTION],
        env=environment(directory, DJANGO_SETTINGS_MODULE=f"leeside.project.settings.{role}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("role", sorted(STRANGERS))
@pytest.mark.promise(1, "a role's process loads a zone that is none of its business")
def test_a_role_has_loaded_no_zone_that_is_none_of_its_business(role: str, tmp_path: Path) -> None:
    loaded = loaded_modules(role, tmp_path)
    strangers = {name for name in loaded for zone in STRANGERS[role] if name == zone or name.startswith(zone + ".")}
    assert strangers == set()
    assert loaded  # the question was answered by our own code


@pytest.mark.parametrize("role", ["mailbox", "desk"])
def test_the_question_does_see_what_unseals_where_it_belongs(role: str, tmp_path: Path) -> None:
    assert "leeside.sealing.unseal" in loaded_modules(role, tmp_path)
