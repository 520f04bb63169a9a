"""A machine with another compressor: it may write other bytes, but never locks two things with one key and nonce."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from zlib_ng import zlib_ng

from sitegen.protect import chunks, objects, packs
from tests.protect import test_nonces as nonces

LONG = " ".join(f"linen {number * 7919 % 1009} and wool {number * 104729 % 997}" for number in range(400))


@pytest.mark.slow
def test_goal_5_zlib_and_zlib_ng_lock_other_bytes_and_no_key_and_nonce_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonces.Recorder, "met", {})
    monkeypatch.setattr(nonces.Recorder, "uses", 0)
    for module in (objects, chunks, packs):
        monkeypatch.setattr(module, "AESGCM", nonces.Recorder)
    builds = [replace(build, words=f"{build.words} {LONG}") for build in nonces.fifty_builds()]
    made = []
    for compressor in (zlib, zlib_ng):
        monkeypatch.setattr(nonces, "zlib", compressor)
        made.append([nonces.site_of(build, monkeypatch) for build in builds])
    assert made[0] != made[1], "both compressors write the same: the test says nothing"
    assert len(nonces.Recorder.met) < nonces.Recorder.uses
