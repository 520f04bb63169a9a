"""Take texts out of pages that many pages draw as one form: each is read once, on a page of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeAlias

import pikepdf
from pikepdf import Dictionary, Name

from sitegen.render.cards.preflight.instructions import plain

_OFTEN = 3
"""Pages that draw a text alike before it gets a page of its own."""
_LONGEST = 10_000
"""Bytes up to a page's last form beyond which nothing is taken out: pages of the fast engine need a tenth."""
_LINES = re.compile(rb"(?<!\S)BT(?=\s)[\sA-Za-z0-9/.+\[\]<>*-]*?(?<=\s)ET(?!\S)")
"""Text that stands in the page's own content, without literal strings and comments."""
_DRAW = re.compile(rb"/([A-Za-z0-9_.+-]+)\s+Do(?!\S)")

_Number: TypeAlias = tuple[int, int]
_Draw: TypeAlias = tuple[bytes, bytes]
"""A form's name, and what the page does before it draws it: the state, without texts and other forms."""


class Recurring:
    """Looks at page after page of a file; `pages` are those that its recurring texts get, to be put at its end."""

    def __init__(self, target: pikepdf.Pdf) -> None:
        self.pages: list[pikepdf.Page] = []
        self._target = target
        self._texts: dict[_Number, frozenset[bytes]] = {}
        self._draws: dict[bytes, tuple[_Draw, ...]] = {}
        self._seen: Counter[tuple[_Number, _Draw]] = Counter()
        self._own: dict[tuple[_Number, _Draw], int] = {}

    def taken(self, page: pikepdf.Page, content: bytes) -> tuple[int, ...]:
        """Which of `pages` say what the page, whose one stream is `content`, says no more from now on."""
        resources = page.obj.get("/Resources", Dictionary())
        texts = self._texts_of(resources) if resources.is_indirect else frozenset()
        end = content.rfind(b"Do") + 2
        if not texts or end > _LONGEST:
            return ()
        head, tail = content[:end], content[end:]
        draws = [draw for draw in self._draws_of(head) if draw[0] in texts]
        self._seen.update({(resources.objgen, draw) for draw in draws})
        often = [draw for draw in draws if self._seen[resources.objgen, draw] >= _OFTEN]
        names = {name for name, _ in often}
        # Only what is surely drawn, and in this state, may go: else the page keeps all that it has.
        if not often or sum(name in names for name in _DRAW.findall(head)) != len(often):
            return ()
        left = _DRAW.sub(lambda found: b"" if found[1] in names else found[0], head)
        page.obj.Contents = self._target.make_stream(left + tail)
        return tuple(self._page_of(page, resources, draw) for draw in often)

    def _texts_of(self, resources: pikepdf.Object) -> frozenset[bytes]:
        """The names of the forms in `resources` that have fonts of their own."""
        if resources.objgen not in self._texts:
            forms = resources.get("/XObject", Dictionary()).items()
            texts = (name for name, form in forms if "/Font" in form.get("/Resources", Dictionary()))
            self._texts[resources.objgen] = frozenset(name[1:].encode() for name in texts)
        return self._texts[resources.objgen]

    def _draws_of(self, head: bytes) -> tuple[_Draw, ...]:
        """The forms that a content draws; () where that can't be told for sure."""
        bare = _LINES.sub(b"", head)
        if bare not in self._draws:
            found = _DRAW.finditer(bare) if plain(bare.decode("latin-1")) is not None else ()
            self._draws[bare] = tuple((one[1], _DRAW.sub(b"", bare[: one.start()])) for one in found)
        return self._draws[bare]

    def _page_of(self, page: pikepdf.Page, resources: pikepdf.Object, draw: _Draw) -> int:
        """The number of the page that shows this text as `page` does, and nothing else."""
        way = (resources.objgen, draw)
        if way not in self._own:
            name, before = draw
            form = resources.XObject[f"/{name.decode()}"]
            own = Dictionary(Type=Name.Page, MediaBox=page.mediabox)
            own.Contents = self._target.make_stream(b"%b /Text Do" % before)
            own.Resources = Dictionary(XObject=Dictionary(Text=form))
            if "/ExtGState" in resources:
                own.Resources.ExtGState = resources.ExtGState
            self._own[way] = len(self.pages)
            self.pages.append(pikepdf.Page(self._target.make_indirect(own)))
        return self._own[way]
