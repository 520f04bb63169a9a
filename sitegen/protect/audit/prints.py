"""Turn words into numbers that can be compared by the million, and that tell nothing without the key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias, TypeVar
from urllib.parse import unquote

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from sitegen.protect.audit.reading import Reading
from sitegen.protect.audit.words import CHARACTERS, SHINGLE, TITLE_WORDS, is_character, words

Numbers: TypeAlias = NDArray[np.uint32]
"""Of runs of words. Half as long as marks, so that those of ten thousand pages take half the room: where two are equal
by chance, the words are looked at."""
Marks: TypeAlias = NDArray[np.uint64]
Sums: TypeAlias = NDArray[np.uint64]
N = TypeVar("N", np.uint32, np.uint64)
Counts: TypeAlias = NDArray[np.int64]

FACTOR = 0x9E3779B97F4A7C15
"""Odd, so that no power of it is lost modulo 2^64 (Knuth's golden ratio)."""
LONG = 0x6A09E667F3BCC909
"""Added to runs of CHARACTERS, so that they never equal runs of SHINGLE."""
BREAK = "\0"
"""Stands between two texts; no text holds it, so no run across it is ever found."""
ADDRESS = re.compile(r"[^\s\"'<>()\[\]{},;]*/[^\s\"'<>()\[\]{},;]*")
PARTS = re.compile(r"[/.?#&=:\\]+")
SHORTEST = 3
DIFFERENT = 20_000
"""Names whose marks are remembered."""
BYTES, PART, VALUE = "bytes:", "address:", "value:"
"""What a mark is of: the digest of bytes, a part of an address, a value in an attribute or a list."""


@dataclass(frozen=True, slots=True)
class Prints:
    """What a file says, as sorted numbers: of its runs of words, of each three words (a title may begin with them),
    and of its marks: names in addresses and values, and the bytes themselves."""

    runs: Numbers
    starts: Numbers
    marks: Marks


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a text: the number of each, the word it begins with and how many words it has."""

    numbers: Numbers
    starts: Counts
    lengths: Counts


class _Known(dict[str, int]):
    """The number of each word that was met."""

    def __init__(self, mark: Callable[[str], int]) -> None:
        self._mark = mark

    def __missing__(self, word: str) -> int:
        # The lowest bit says whether the word is a character.
        self[word] = (self._mark(word) & ~1) | is_character(word)
        return self[word]


class Printer:
    """Makes numbers with one key; the same words and key, the same number."""

    def __init__(self, key: bytes, home: str) -> None:
        """`key` has 32 bytes; `home` is the site's own address: what links elsewhere say is no name of ours."""
        self._key = key
        self._home = home
        self._known = _Known(self.mark)
        self._marked: dict[str, tuple[int, ...]] = {}
        # One block for each number, as a pseudorandom function: who has the numbers but not the key learns no words.
        self._cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - single blocks, and nothing is ever opened

    def prints(self, reading: Reading) -> Prints:
        """What a file says."""
        values = self._values(spread(reading))
        return Prints(
            distinct(self._runs(values).numbers),
            distinct(self._sealed(self._sums(values, TITLE_WORDS))),
            np.array(sorted(self._marks(reading)), dtype=np.uint64),
        )

    def runs(self, some: Sequence[str]) -> Runs:
        """All runs of words that are long enough to be no coincidence (see words.window)."""
        return self._runs(self._values(some))

    def _runs(self, values: Sums) -> Runs:
        short, long = self._sums(values, SHINGLE), self._sums(values, CHARACTERS) + np.uint64(LONG)
        odd = np.concatenate(([0], np.cumsum(values & np.uint64(1), dtype=np.int64)))
        is_long = odd[SHINGLE:][: len(short)] > odd[: len(short)]
        (plain,) = np.nonzero(~is_long)
        (chinese,) = np.nonzero(is_long[: len(long)])
        return Runs(
            self._sealed(np.concatenate((short[plain], long[chinese]))),
            np.concatenate((plain, chinese)),
            np.repeat(np.array([SHINGLE, CHARACTERS]), (len(plain), len(chinese))),
        )

    def starts(self, some: Sequence[str]) -> Numbers:
        """The number of each three words, in order: the first is that of the words 0 to 2."""
        return self._sealed(self._sums(self._values(some), TITLE_WORDS))

    def mark(self, name: str) -> int:
        """The number of a mark."""
        return int.from_bytes(blake2b(name.encode("utf-8", "replace"), key=self._key, digest_size=8).digest(), "little")

    def _marks(self, reading: Reading) -> set[int]:
        found = {self.mark(f"{BYTES}{digest.hex()}") for digest in reading.digests}
        for name in names(reading, self._home):
            if name not in self._marked:
                if len(self._marked) > DIFFERENT:
                    self._marked.clear()
                self._marked[name] = tuple(map(self.mark, name_marks(name, self._home)))
            found.update(self._marked[name])
        return found

    def _values(self, some: Sequence[str]) -> Sums:
        return np.fromiter(map(self._known.__getitem__, some), np.uint64, len(some))

    def _sums(self, values: Sums, length: int) -> Sums:
        number = max(len(values) - length + 1, 0)
        sums = np.zeros(number, dtype=np.uint64)
        for place in range(length):
            sums = sums * np.uint64(FACTOR) + values[place : place + number]
        return sums

    def _sealed(self, numbers: Sums) -> Numbers:
        blocks = np.zeros((len(numbers), 2), dtype=np.uint64)
        blocks[:, 0] = numbers
        sealed = self._cipher.encryptor().update(blocks.tobytes())
        return np.frombuffer(sealed, dtype=np.uint32)[::4]


def distinct(numbers: NDArray[N]) -> NDArray[N]:
    """The numbers in order, each once; quicker than np.unique, which hashes them first."""
    ordered: NDArray[N] = np.sort(numbers)
    new = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    once: NDArray[N] = ordered[new]
    return once


def held(numbers: NDArray[N], some: NDArray[N]) -> NDArray[np.bool_]:
    """For each number, whether it is among `some`, which are sorted."""
    if not len(some):
        return np.zeros(len(numbers), dtype=np.bool_)
    near: NDArray[N] = some[np.minimum(some.searchsorted(numbers), len(some) - 1)]
    same: NDArray[np.bool_] = near == numbers
    return same


def spread(reading: Reading) -> list[str]:
    """The words of all texts of a file, one after the other."""
    said: list[str] = []
    for text in reading.texts:
        found = words(text)
        if found:
            said += found
            said.append(BREAK)
    return said


def marks(reading: Reading, home: str) -> set[str]:
    """The marks of a file: parts of addresses below the site, names in values, digests of bytes."""
    found = {f"{BYTES}{digest.hex()}" for digest in reading.digests}
    return found.union(*(name_marks(name, home) for name in names(reading, home)))


def names(reading: Reading, home: str) -> set[str]:
    """What may be a name: values that hold no sentence, and addresses in the texts."""
    found = set(reading.names)
    for text in reading.texts:
        # "and/or" is no address; in a running text only these are.
        for word in text.split() if "/" in text else ():
            if "/" in word:
                found.update(one for one in ADDRESS.findall(word) if one.startswith(("/", home)))
    return found


def name_marks(name: str, home: str) -> set[str]:
    """The marks of what may be a name."""
    found = {f"{VALUE}{part}" for part in name.casefold().split()} if "/" not in name else set()
    return found | {f"{PART}{part}" for part in _address(name, home)}


def _address(address: str, home: str) -> Iterable[str]:
    """The names in an address, none where it leads elsewhere."""
    if "/" not in address:
        return ()
    if "://" in address:
        if not address.startswith(home):
            return ()
        address = address.removeprefix(home)
    return names_in(address)


def names_in(address: str) -> list[str]:
    """The folders, names and endings of an address that could say something."""
    parts = PARTS.split(unquote(address).casefold())
    return [part for part in parts if len(part) >= SHORTEST and not part.isdigit()]
