"""Draw a member's link as a QR code in one ink: black rectangles, never an image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import zxingcpp

Modules: TypeAlias = tuple[tuple[bool, ...], ...]

QUIET = 4
"""Modules of white on each side that ISO/IEC 18004 asks for."""
SMALLEST = 0.4
"""Millimetres: below this size phones and offset presses lose modules."""


def modules(text: str) -> Modules:
    """The square of modules, rows from the top, True is ink; error correction M (15 %), no quiet zone.

    The member's links (40 characters of address, 28 of code) make version 4: 33 modules a side.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    side = pixels.shape[0] if pixels.shape else 0
    raw = pixels.tobytes()
    return tuple(tuple(raw[row * side + column] == 0 for column in range(side)) for row in range(side))


def pitch(code: Modules, size: float) -> float:
    """Side of one module in the unit of `size`, the whole square with its quiet zone."""
    return size / (len(code) + 2 * QUIET)


def operators(code: Modules, left: float, top: float, size: float) -> bytes:
    """PDF operators that fill the ink in DeviceCMYK 0 0 0 1; `left`, `top`, `size` in points, y upwards.

    Runs of a row are one rectangle, and all rectangles one path, so that no seam shows between them.
    """
    unit = pitch(code, size)
    matrix = f"{unit:.5f} 0 0 {-unit:.5f} {left + QUIET * unit:.4f} {top - QUIET * unit:.4f}"
    drawn = "\n".join(f"{column} {row} {length} 1 re" for column, row, length in _runs(code))
    return f"q {matrix} cm 0 0 0 1 k\n{drawn}\nf Q\n".encode()


def _runs(code: Modules) -> Iterator[tuple[int, int, int]]:
    for row, line in enumerate(code):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end]:
                end += 1
            if end > start:
                yield start, row, end - start
            start = end + 1
