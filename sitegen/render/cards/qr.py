"""Draw a member's link as a QR code in one ink: black rectangles, never an image."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import zxingcpp
from numpy.typing import NDArray

Modules: TypeAlias = tuple[bytes, ...]
"""The square of modules, rows from the top: a byte for each module, 1 is ink."""

QUIET = 4
"""Modules of white on each side that ISO/IEC 18004 asks for."""
SMALLEST = 0.4
"""Millimetres: below this size phones and offset presses lose modules."""
_BLACK_IS_INK = bytes([1]) + bytes(255)
"""In a picture, 0 is black and 255 is white."""


@lru_cache(maxsize=2_000)
def modules(text: str) -> Modules:
    """The code of a text with error correction M (15 %), no quiet zone.

    The member's links (40 characters of address, 28 of code) make version 4: 33 modules a side. A print file asks
    more than once for the code of each card.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    side = pixels.shape[0] if pixels.shape else 0
    ink = pixels.tobytes().translate(_BLACK_IS_INK)
    return tuple(ink[start : start + side] for start in range(0, side * side, side))


def pitch(code: Modules, size: float) -> float:
    """Side of one module in the unit of `size`, the whole square with its quiet zone."""
    return size / (len(code) + 2 * QUIET)


def operators(code: Modules, left: float, top: float, size: float) -> bytes:
    """PDF operators that fill the ink in DeviceCMYK 0 0 0 1; `left`, `top`, `size` in points, y upwards.

    Runs of a row are one rectangle, and all rectangles one path, so that no seam shows between them.
    """
    unit = pitch(code, size)
    matrix = f"{unit:.5f} 0 0 {-unit:.5f} {left + QUIET * unit:.4f} {top - QUIET * unit:.4f}"
    found = runs(code)
    drawn = b"\n".join([b"%d %d %d 1 re"] * len(found)) % tuple(found.ravel().tolist())
    return b"q %b cm 0 0 0 1 k\n%b\nf Q\n" % (matrix.encode(), drawn)


def runs(code: Modules) -> NDArray[np.int64]:
    """Left, row and length of each run of ink, row by row: an array of three columns.

    A code has 250 runs. Python would take longer over them than over the rest of a card.
    """
    steps = np.diff(np.frombuffer(b"\0%b\0" % b"\0".join(code), np.int8))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    rows, lefts = np.divmod(starts, len(code) + 1)
    return np.stack((lefts, rows, ends - starts), axis=1)
