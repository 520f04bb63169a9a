"""Take the art out of a print file's pages, so that every card can be read back in little time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.render.cards.preflight.sameness import sameness
from sitegen.render.cards.reading import Shared, Unreadable
from sitegen.render.cards.recurring import Recurring

ART = ("/CardArt", "/Art.")
"""How the names of forms begin that hold a side's art."""
_MOST = 0.6
"""A form without text that covers this much of its page is art, whatever its name."""
_DRAWN = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")

_Number: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lean:
    """The file without art, and the numbers (from 0) of the first page of each kind of art: read those whole.

    Texts that many pages draw as one form stand on pages of their own behind the others: see reading.Shared.
    """

    pdf: bytes
    samples: tuple[int, ...]
    shared: Shared


def lean(pdf: bytes) -> Lean:
    """`pdf` without the forms that are art: pdfium draws those anew for each page (10 ms), text and code take 1 ms.

    Raises Unreadable where it is no PDF, or its pages are not built like pages.
    """
    try:
        return _lean(pdf)
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError) as error:
        # A damaged file can have anything in any place: a number for a name, nothing for a dictionary.
        raise Unreadable("no whole PDF") from error


def _lean(pdf: bytes) -> Lean:
    samples: dict[frozenset[_Number], int] = {}
    known: dict[bytes, int] = {}
    firsts = []
    texts: dict[int, tuple[int, ...]] = {}
    with pikepdf.open(BytesIO(pdf)) as target:
        blanks, recurring, count = _Blanks(target), Recurring(target), len(target.pages)
        for number, page in enumerate(target.pages):
            first = known.setdefault(sameness(page.obj).whole, number)
            firsts.append(first)
            if first == number:
                written = _content(page)
                samples.setdefault(blanks.taken(page, written), number)
                texts[number] = tuple(count + own for own in recurring.taken(page, written))
        target.pages.extend(recurring.pages)
        content = BytesIO()
        target.save(
            content,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
        )
    return Lean(content.getvalue(), tuple(samples.values()), Shared(tuple(firsts), texts))


def _content(page: pikepdf.Page) -> bytes:
    """What the page draws, all in one stream from now on."""
    page.contents_coalesce()
    return page.obj.Contents.read_bytes() if "/Contents" in page.obj else b""


class _Blanks:
    """Takes the art out of page after page; pages of the fast engine share one dictionary, which is done once."""

    def __init__(self, target: pikepdf.Pdf) -> None:
        self._blank = target.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        self._kinds: dict[_Number, bool] = {self._blank.objgen: False}
        self._shared: dict[_Number, dict[bytes, _Number]] = {}

    def taken(self, page: pikepdf.Page, content: bytes) -> frozenset[_Number]:
        """The forms, by their object numbers, that the page, whose one stream is `content`, draws no more."""
        resources = page.obj.get("/Resources", Dictionary())
        if not resources.is_indirect:
            art = self._blanked(resources, page)
        else:
            if resources.objgen not in self._shared:
                self._shared[resources.objgen] = self._blanked(resources, page)
            art = self._shared[resources.objgen]
        if not art:
            return frozenset()
        return frozenset(art[name] for name in _DRAWN.findall(content) if name in art)

    def _blanked(self, resources: pikepdf.Object, page: pikepdf.Page) -> dict[bytes, _Number]:
        """The art in `resources`, by the names under which nothing is drawn now."""
        forms = resources.get("/XObject", Dictionary())
        taken = {}
        for name, form in list(forms.items()):
            number = form.objgen
            if number not in self._kinds:
                self._kinds[number] = _is_art(name, form, page)
            if self._kinds[number]:
                forms[name] = self._blank
                taken[name.encode()] = number
        return taken


def _is_art(name: str, form: pikepdf.Object, page: pikepdf.Page) -> bool:
    if form.get("/Subtype") != Name.Form:
        return False
    return name.startswith(ART) or (_area(form.BBox) >= _MOST * _area(page.mediabox) and not _writes(form, depth=0))


def _area(box: pikepdf.Object) -> float:
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return abs((right - left) * (top - bottom))


def _writes(form: pikepdf.Object, depth: int) -> bool:
    """Whether text can be in a form: it or a form in it has fonts. Forms nested beyond all sense count as text."""
    resources = form.get("/Resources", Dictionary())
    inner = (one for one in resources.get("/XObject", Dictionary()).values() if one.get("/Subtype") == Name.Form)
    return depth > 8 or "/Font" in resources or any(_writes(one, depth + 1) for one in inner)
