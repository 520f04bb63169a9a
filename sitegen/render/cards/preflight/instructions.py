"""Read the instructions of a content stream: at once where they are written plainly, else by pikepdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Name

Instruction: TypeAlias = tuple[str, Sequence[Any]]
"""An operator and its operands: numbers, names, strings and arrays. What TJ or Tj shows is a `str`, as it is written,
where the stream is plain."""
INLINE_IMAGE = "INLINE IMAGE"
"""The operator of a picture that stands in the stream; its operand is the picture's dictionary."""

_STATE = "q Q cm w gs "
_COLOUR = "g G rg RG k K cs CS sc scn SC SCN "
_PAINT = "f F f* B B* b b* S s sh Do BI ID EI INLINE "
_TEXT = "BT ET Tf Tm Td TD T* Tc Tw Tz TL Ts Tr Tj TJ ' \""
OPERATORS = _STATE + _COLOUR + _PAINT + _TEXT
"""What is looked at. Paths are not: of a QR code's 200 rectangles only the one `f` matters."""

_SPACE = r"[\t\n\f\r ]"
_END = rf"(?={_SPACE}|\Z)"
_NUMBER = r"-?+(?:[0-9]{1,12}+(?:\.[0-9]{0,12}+)?+|\.[0-9]{1,12}+)"
_NAME = r"/[A-Za-z0-9_.+-]++"
_HEX = r"<(?:[0-9A-Fa-f]{2})*+>"
_PLAIN = re.compile(
    rf"""
    (?:[-.0-9\t\n\f\r ]*+ (?:re|[mlcvyhnJjMi]|W\*?+|d[01]) {_END})++
    | {_SPACE}*+ (?:
        (?P<numbers>(?:{_NUMBER}{_SPACE}++)*+)
        (?P<numeric>[qQ]|cm|w|[gGkK]|rg|RG|scn?+|SCN?+|[fbB]\*?+|[FsS]|BT|ET|T[mdDcwzLsr]|T\*) {_END}
        | (?P<name>{_NAME}){_SPACE}++ (?P<named>gs|cs|CS|sh|Do) {_END}
        | (?P<font>{_NAME}){_SPACE}++ (?P<size>{_NUMBER}){_SPACE}++ Tf {_END}
        | (?:(?P<array>\[(?:{_HEX}|{_NUMBER}(?=[\]<]|{_SPACE})|{_SPACE}++)*+\]){_SPACE}*+TJ
            | (?P<string>{_HEX}){_SPACE}*+Tj) {_END}
        | \[[-.0-9\t\n\f\r ]*+\]{_SPACE}*+{_NUMBER}{_SPACE}++ d {_END}
    )
    | (?P<rest>[\s\S]++)
    """,
    re.VERBOSE,
)
"""One instruction, or a run of those that only describe paths; `rest` is where a stream stops being plain."""


def instructions(content: pikepdf.Page | pikepdf.Object) -> Iterator[Instruction]:
    """What a page or another content stream says, in order, as far as OPERATORS go.

    Raises pikepdf.PdfError, TypeError or ValueError where it can't be read.
    """
    text = _text(content)
    found = plain(text) if text is not None else None
    return iter(found) if found is not None else _parsed(content)


def plain(text: str) -> list[Instruction] | None:
    """The instructions of a stream without comments, pictures, dictionaries and literal strings; None for others."""
    found: list[Instruction] = []
    for match in _PLAIN.finditer(text):
        kind = match.lastgroup
        if kind == "numeric":
            found.append((match["numeric"], tuple(map(float, match["numbers"].split()))))
        elif kind == "named":
            found.append((match["named"], (Name(match["name"]),)))
        elif kind == "size":
            found.append(("Tf", (Name(match["font"]), float(match["size"]))))
        elif kind == "array":
            found.append(("TJ", (match["array"],)))
        elif kind == "string":
            found.append(("Tj", (match["string"],)))
        elif kind == "rest" and match["rest"].strip("\t\n\f\r "):
            return None
    return found


def _parsed(content: pikepdf.Page | pikepdf.Object) -> Iterator[Instruction]:
    for instruction in pikepdf.parse_content_stream(content, OPERATORS):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield INLINE_IMAGE, (instruction.iimage.obj,)
        else:
            yield str(instruction.operator), list(instruction.operands)


def _text(content: pikepdf.Page | pikepdf.Object) -> str | None:
    """The characters of a stream; None where only the library can say what there is to read."""
    stream = content.obj.get("/Contents") if isinstance(content, pikepdf.Page) else content
    streams = list(stream) if isinstance(stream, Array) else [stream]
    parts = [one for one in streams if isinstance(one, pikepdf.Stream)]
    if len(parts) < len(streams):
        return None
    try:
        # The parts of a page's content are read as if white space stood between them (PDF 1.6, 7.8.2).
        return "\n".join(one.read_bytes().decode("latin-1") for one in parts)
    except pikepdf.PdfError:
        return None
