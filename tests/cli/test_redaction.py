"""A command that fails inside tells what happened, and never a secret; a process that it starts inherits none."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build.order import Order
from sitegen.cli.main import run
from sitegen.cli.redaction import MARK, redacted

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
URL = "postgresql://shop:quern%20stone@db.example:5432/customers"
ROOT = Path(__file__).parents[2]

ENCODINGS: dict[str, Callable[[bytes], str]] = {
    "raw": lambda raw: raw.decode("latin-1"),
    "raw, as Python shows it": repr,
    "a bytearray, as Python shows it": lambda raw: repr(bytearray(raw)),
    "hexadecimal": lambda raw: raw.hex(),
    "capital hexadecimal": lambda raw: raw.hex().upper(),
    "base 64": lambda raw: base64.b64encode(raw).decode(),
    "base 64 for addresses": lambda raw: base64.urlsafe_b64encode(raw).decode(),
    "base 32": lambda raw: base64.b32encode(raw).decode(),
    "numbers": lambda raw: str(list(raw)),
    "one number": lambda raw: str(int.from_bytes(raw, "big")),
}


@given(st.binary(min_size=32, max_size=32), st.sampled_from([*ENCODINGS]))
def test_no_spelling_of_a_key_passes(raw: bytes, encoding: str) -> None:
    shown = ENCODINGS[encoding](raw)
    said = redacted(f"the key was {shown}, and so on", [base64.b64encode(raw).decode()])
    assert shown.rstrip("=")[2:-2] not in said
    assert said.startswith("the key was ")
    assert said.endswith(", and so on")
    assert MARK in said


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=3, max_size=20))
def test_no_spelling_of_a_databases_password_passes(password: str) -> None:
    address = f"postgresql://shop:{quote(password, safe='')}@db.example/customers"
    for shown in (address, password, quote(password, safe=""), repr(password)):
        said = redacted(f"[{shown}]", [address])
        assert said in {f"[{MARK}]", f"['{MARK}']", f'["{MARK}"]'}


def test_a_password_in_words_is_one_too() -> None:
    assert redacted("wrong password 'quernstone'", ["host=db.example password=quernstone dbname=x"]) == (
        f"wrong password '{MARK}'"
    )


def test_a_members_code_is_hidden_in_each_spelling() -> None:
    spelled = "2B3QS00B0HWFD09W2F4XHT2Z8CT9"
    grouped = "2B3Q-S00B-0HWF-D09W-2F4X-HT2Z-8CT9"
    said = redacted(f"https://shop.example/#{spelled} and {grouped}; a digest {'ab12' * 8}", [])
    assert said == f"https://shop.example/#{MARK} and {MARK}; a digest {'ab12' * 8}"


def failing(secret: Callable[[Order], str]) -> Callable[..., Any]:
    """A build in whose depth something unforeseen says too much, in several ways."""

    def build(_root: Path, order: Order, *_: object) -> None:
        try:
            known: dict[str, str] = {}
            known[secret(order)]
        except KeyError as error:
            problem = RuntimeError(f"could not use {secret(order)} in {order}")
            problem.add_note(f"it was {secret(order)}")
            raise problem from error

    return build


def everything(order: Order) -> str:
    keys = [order.roots.content, order.roots.card, order.roots.sign, order.receiver]
    shown = [encode(key) for key in keys if key for encode in ENCODINGS.values()]
    return " ".join([*shown, order.database, "quern stone"])


def leaked(said: str, keys: dict[str, str]) -> list[str]:
    roots = [base64.b64decode(value) for value in keys.values()]
    found = [name for root in roots for name, encode in ENCODINGS.items() if encode(root).rstrip("=")[2:-2] in said]
    return found + [word for word in ("quern", "postgresql://") if word in said]


@pytest.mark.parametrize("way", ["environment", "key file", "development"])
def test_goal_7_a_traceback_shows_no_secret(
    way: str, shop: Path, inside: Sitegen, real_keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given_keys = real_keys
    file = shop / ".sitegen" / ("dev-keys" if way == "development" else "keys")
    if way != "environment":
        file.parent.mkdir()
        file.write_text("".join(f"{name}={value}\n" for name, value in real_keys.items()))
        file.chmod(0o600)
        given_keys = {"SITEGEN_KEY_FILE": str(file)} if way == "key file" else {}
    monkeypatch.setattr("sitegen.build.walk.build", failing(everything))
    done = inside("build", "--on", "2026-09-08", at=shop, env={**given_keys, "SITEGEN_DATABASE_URL": URL})
    assert done.returncode == 3
    assert "RuntimeError: could not use" in done.stderr
    assert "KeyError" in done.stderr
    assert MARK in done.stderr
    assert "this is a bug in sitegen, not your mistake" in done.stderr
    assert leaked(done.stdout + done.stderr, real_keys) == []


def test_no_verb_leaves_a_secret_in_the_environment(
    shop: Path, real_keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**real_keys, "SITEGEN_DATABASE_URL": URL, "SITEGEN_KEY_FILE": "x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(shop)
    assert run(["--version"]) == 0
    assert [name for name in os.environ if name.startswith("SITEGEN_")] == []


PRINTS_IN_A_CHILD = """
import sys
from sitegen.build.cards import print_line
from sitegen.build.cards import print_shop
from sitegen.cli.main import run
from tests.cli.child import environment_as_print_file, no_proof
print_line.WORTH_A_PROCESS = 1
print_shop._make, print_shop._prove = environment_as_print_file, no_proof
sys.exit(run(sys.argv[1:]))
"""


def test_goal_7_a_process_that_a_build_starts_finds_no_secret_in_its_environment(
    shop: Path, environment: Callable[..., dict[str, str]], real_keys: dict[str, str]
) -> None:
    given_all = environment(**real_keys, SITEGEN_DATABASE_URL=URL, PYTHONPATH=str(ROOT))
    command = [sys.executable, "-c", PRINTS_IN_A_CHILD, "build", "--on", "2026-09-08"]
    command += ["--only", "cards", "--jobs", "2", "--quiet"]
    done = subprocess.run(command, cwd=shop, env=given_all, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (seen,) = [path.read_bytes() for path in (shop / "output" / "cards").rglob("*.pdf")]
    assert b"PYTHONPATH=" in seen
    assert b"SITEGEN_" not in seen
    assert leaked(seen.decode(errors="replace"), real_keys) == []
