"""One-time codes as every app makes them."""

import json
from base64 import b32decode
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from leeside.sealing.one_time_codes import check_code, code_address, code_at, make_secret, spell_secret
from leeside.sealing.secrets import Secret

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "totp.json").read_text())
SECRET = Secret(VECTORS["secret_ascii"].encode())


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda it: str(it["time"]))
def test_codes_are_rfc_6238s(vector) -> None:
    code = code_at(SECRET, vector["time"])
    assert code == vector["eight_digits"][-6:]
    assert check_code(SECRET, code, vector["time"]) == vector["time"] // 30


def test_the_neighbouring_steps_are_taken_and_named() -> None:
    now = 1_701_792_300
    for aside in (-1, 0, 1):
        assert check_code(SECRET, code_at(SECRET, now + 30 * aside), now) == now // 30 + aside
    for aside in (-2, 2):
        assert check_code(SECRET, code_at(SECRET, now + 30 * aside), now) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800", "0" * 1000])
def test_other_codes_are_none(typed: str) -> None:
    assert check_code(SECRET, typed, 1_701_792_300) is None


def test_spaces_are_allowed_and_the_beginning_of_time_has_no_step_before() -> None:
    code = code_at(SECRET, 59)
    assert check_code(SECRET, f" {code[:3]} {code[3:]}\n", 59) == 1
    assert check_code(SECRET, code_at(SECRET, 0), 0) == 0


def test_the_secret_is_spelled_for_apps() -> None:
    made = make_secret()
    assert len(made) == 20
    assert b32decode(spell_secret(made).replace(" ", "")) == made.reveal()
    address = urlsplit(code_address(made, "Вера & co", "line:x"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/line:x:Вера & co"
    assert parse_qs(address.query) == {"secret": [spell_secret(made).replace(" ", "")], "issuer": ["line:x"]}
