"""Spell bits in Crockford's base 32, the letters of codes and of opaque names."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
CHARACTERS = 26
_BITS = 5 * CHARACTERS


def spell(data: bytes) -> str:
    """The first 130 bits of `data` as 26 characters; shorter data counts as if zero bits followed it."""
    excess = 8 * len(data) - _BITS
    number = int.from_bytes(data, "big")
    number = number >> excess if excess >= 0 else number << -excess
    return "".join(ALPHABET[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))


def read(values: list[int], length: int) -> bytes:
    """The `length` bytes that 26 values from 0 to 31 spell: longer than 130 bits is filled with zero bits.

    Raises ValueError where the values hold more bits than `length` bytes do.
    """
    number = 0
    for value in values:
        number = number << 5 | value
    excess = 8 * length - _BITS
    if excess >= 0:
        return (number << excess).to_bytes(length, "big")
    if number & ((1 << -excess) - 1):
        raise ValueError("bits beyond the end of the data")
    return (number >> -excess).to_bytes(length, "big")
