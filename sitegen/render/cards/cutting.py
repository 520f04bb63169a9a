"""Cut what was drawn on a page of WeasyPrint into its lines and groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

_NOTHING_DRAWN = frozenset({b"", b"BT", b"cm", b"CS", b"SCN", b"w", b"ri"})


class Inexpressible(Exception):
    """A design draws something that can't be cut out as slots; its message says what."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """Operators that show one line, in DeviceCMYK, without the matrix that places it."""

    operators: bytes


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """A Form XObject, by its name among the page's resources."""

    name: str


Drawn: TypeAlias = DrawnLine | DrawnGroup


def drawn(content: bytes) -> Iterator[Drawn]:
    """What a page's content stream, an operator on each line, draws in order. Raises Inexpressible for all else."""
    reader = _Reader()
    for operator in content.split(b"\n"):
        kind = operator.rpartition(b" ")[2]
        if kind in (b"Tm", b"ET") and reader.shown:
            yield reader.line()
        if kind == b"Do":
            yield DrawnGroup(operator.partition(b" ")[0][1:].decode())
        elif kind not in _NOTHING_DRAWN:
            reader.read(kind, operator)


@dataclass(frozen=True, slots=True)
class _State:
    """What of the graphics state a line depends on: the operators that chose its font and its colour."""

    font: bytes = b""
    space: bytes = b""
    ink: bytes = b""
    is_opaque: bool = True


@dataclass(slots=True)
class _Reader:
    """The graphics states, innermost last, and what the line in work has shown."""

    states: list[_State] = field(default_factory=lambda: [_State()])
    shown: list[bytes] = field(default_factory=list)
    first_font: bytes = b""

    def read(self, kind: bytes, operator: bytes) -> None:
        match kind:
            case b"q":
                self.states.append(self.states[-1])
            case b"Q":
                self.states.pop()
            case b"TJ" | b"Ts":
                self.show(operator)
            case b"Tf":
                self.change(font=operator)
                if self.shown:
                    self.shown.append(operator)
            case b"cs":
                self.change(space=operator)
            case b"scn":
                self.change(ink=operator)
            case b"gs":
                self.change(is_opaque=operator in (b"/a1.0 gs", b"/A1.0 gs"))
            case b"Tm" | b"ET":
                self.shown.clear()
            case _:
                raise Inexpressible(f"a slot draws more than letters (operator '{kind.decode('latin-1')}')")

    def change(self, **changes: bytes | bool) -> None:
        self.states[-1] = replace(self.states[-1], **changes)  # type: ignore[arg-type]

    def show(self, operator: bytes) -> None:
        if not self.shown:
            self.shown.append(self.states[-1].font)
        self.shown.append(operator)

    def line(self) -> DrawnLine:
        state = self.states[-1]
        if state.space != b"/DeviceCMYK cs" or not state.is_opaque:
            raise Inexpressible("its letters are veiled or in a colour for screens")
        ink = state.ink.removesuffix(b" scn") + b" k"
        return DrawnLine(b"\n".join((ink, *self.shown)))
