"""Each numbered check finds what it is for, and every role passes all of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from leeside.project.checks import require_sound_settings
from plugins.servers import environment

FRAME = "leeside.web.middleware.FrameMiddleware"


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        ("E001", {"FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]}),
        ("E002", {"DEBUG": True}),
        ("E003", {"INSTALLED_APPS": ["django.contrib.sessions"]}),
        ("E004", {"LOGGING": {"version": 1}}),
        ("E005", {"MIDDLEWARE": [FRAME, "django.middleware.gzip.GZipMiddleware"]}),
        ("E006", {"MIDDLEWARE": []}),
        ("E007", {"LEESIDE_ROLE": "door", "MIDDLEWARE": [FRAME, "django.middleware.csrf.CsrfViewMiddleware"]}),
        ("E008", {"INSTALLED_APPS": ["leeside.project.demo"]}),
        ("E009", {"LEESIDE_FILES_URL": "https://desk.example", "LEESIDE_DESK_URL": "https://desk.example:444"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.promise(1, "a setting that would write or show what people send")
def test_a_dangerous_setting_is_refused_by_its_number(number: str, changed: dict[str, object]) -> None:
    with override_settings(**changed), pytest.raises(ImproperlyConfigured, match=rf"^project\.{number}: "):
        require_sound_settings()


@pytest.mark.parametrize("role", ["door", "mailbox", "desk", "public", "all"])
def test_every_role_passes_every_check(role: str, tmp_path: Path) -> None:
    question = "import django; django.setup(); from leeside.project.checks import *; require_sound_settings()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", question],
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE=f"leeside.project.settings.{role}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert os.listdir(tmp_path) == []  # noqa: PTH208 -- asking leaves nothing behind
