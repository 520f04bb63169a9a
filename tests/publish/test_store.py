"""The store gives back what was put into it, whole or not at all, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sitegen.publish.store import Store

KEYS = st.sampled_from([f"{number:x}" * 64 for number in range(4)] + ["a" * 64 + ".sheets"])


class StoreAndDictionary(RuleBasedStateMachine):
    """Whatever is done to a store, it holds what a dictionary would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "hidden" / "print")
        self.held: dict[str, bytes] = {}

    @rule(key=KEYS, content=st.binary(max_size=40))
    def put(self, key: str, content: bytes) -> None:
        self.store.put(key, content)
        self.held[key] = content

    @rule(keys=st.frozensets(KEYS))
    def only(self, keys: frozenset[str]) -> None:
        self.store.only(keys)
        self.held = {key: content for key, content in self.held.items() if key in keys}

    @rule()
    def clear(self) -> None:
        self.store.clear()
        self.held = {}

    @rule(key=KEYS, half=st.binary(max_size=40))
    def die_while_writing(self, key: str, half: bytes) -> None:
        # What `write_file` leaves where its process is killed before it renames.
        self.store.folder.mkdir(parents=True, exist_ok=True)
        (self.store.folder / f".{key}.new").write_bytes(half)

    @invariant()
    def holds_what_a_dictionary_holds(self) -> None:
        for key in [f"{number:x}" * 64 for number in range(4)] + ["a" * 64 + ".sheets"]:
            assert self.store.get(key) == self.held.get(key)
            assert (key in self.store) == (key in self.held)

    def teardown(self) -> None:
        self.folder.cleanup()


TestStoreAndDictionary = StoreAndDictionary.TestCase
TestStoreAndDictionary.settings = settings(max_examples=20, stateful_step_count=15)


def test_nobody_else_may_read_what_is_stored(tmp_path: Path) -> None:
    store = Store(tmp_path / "print")
    store.put("a" * 64, b"a card")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((store.folder / ("a" * 64)).stat().st_mode) == 0o600


def test_what_could_not_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "print")
    store.put("a" * 64, b"the former card")

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.put("a" * 64, b"another card")
    assert store.get("a" * 64) == b"the former card"
    assert [path.name for path in store.folder.iterdir()] == ["a" * 64]


@pytest.mark.parametrize("key", ["", "a", "../" + "a" * 64, "A" * 64, "a" * 64 + "/b", "a" * 64 + "."])
def test_a_key_that_is_no_hash_is_a_bug(tmp_path: Path, key: str) -> None:
    with pytest.raises(AssertionError):
        Store(tmp_path).get(key)
