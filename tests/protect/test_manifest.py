"""site.json: one file, signed."""

from __future__ import annotations

import json

import pytest

from sitegen.protect import manifest, packs
from sitegen.protect.refusal import Tampered

SIGN_KEY, SITE_ID = bytes([3]) * 32, bytes(range(16))
STATED = manifest.Manifest(
    SITE_ID, 1, 1_788_800_000, "2026-09", packs.Layout(4, 576, 128), 1_788_800_000, False, "0" * 26
)
KEY = manifest.public_key(SIGN_KEY, SITE_ID)


def test_a_signed_manifest_says_what_was_stated() -> None:
    assert manifest.verify_manifest(manifest.sign_manifest(SIGN_KEY, STATED), KEY) == STATED


def test_the_same_manifest_is_signed_with_the_same_bytes() -> None:
    assert manifest.sign_manifest(SIGN_KEY, STATED) == manifest.sign_manifest(SIGN_KEY, STATED)


def test_the_signed_text_is_the_one_that_the_browser_parses() -> None:
    outer = json.loads(manifest.sign_manifest(SIGN_KEY, STATED))
    assert sorted(outer) == ["signature", "signed"]
    assert sorted(json.loads(outer["signed"])) == sorted(
        ["v", "site", "epoch", "build", "period", "bits", "slot", "capacity", "issued", "dev", "home", "key"]
    )


def test_no_flipped_bit_changes_what_a_manifest_says() -> None:
    signed = manifest.sign_manifest(SIGN_KEY, STATED)
    accepted = 0
    for position in range(8 * len(signed)):
        flipped = bytearray(signed)
        flipped[position // 8] ^= 1 << position % 8
        try:
            assert manifest.verify_manifest(bytes(flipped), KEY) == STATED
            accepted += 1
        except Tampered:
            pass
    # The last character before base64's padding has four bits that mean nothing.
    assert accepted <= 4


def test_another_key_is_refused_even_if_the_manifest_names_it() -> None:
    forged = manifest.sign_manifest(bytes([4]) * 32, STATED)
    with pytest.raises(Tampered):
        manifest.verify_manifest(forged, KEY)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"null", b'{"signed":1,"signature":""}', b"\xff"])
def test_what_is_no_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(Tampered):
        manifest.verify_manifest(text, KEY)


def test_each_site_has_its_own_signing_key() -> None:
    assert manifest.public_key(SIGN_KEY, bytes(16)) != KEY
    assert len(KEY) == 65
