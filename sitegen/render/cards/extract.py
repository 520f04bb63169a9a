"""Take pages out of print files, as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pikepdf

from sitegen.model.print_house import PrintHouse
from sitegen.render.cards import standard


@dataclass(frozen=True, slots=True)
class Extract:
    """Cards of one print file: `fronts` are the numbers of their front pages, from 0; the back is the next one."""

    pdf: bytes
    fronts: tuple[int, ...]


def extracted(extracts: Sequence[Extract], house: PrintHouse, titled: str) -> bytes:
    """One PDF with the cards of all extracts. Content streams are equal byte by byte; dates are those of the first."""
    with pikepdf.new() as target:
        instant = datetime.fromtimestamp(0, UTC)
        for number, extract in enumerate(extracts):
            with pikepdf.open(BytesIO(extract.pdf)) as source:
                if number == 0:
                    instant = _made(source)
                for front in extract.fronts:
                    target.pages.extend(source.pages[front : front + 2])
        for page in target.pages:
            if "/DPart" in page.obj:
                del page.obj["/DPart"]
        target.remove_unreferenced_resources()
        return standard.conformed(target, house, titled, instant)


def _made(source: pikepdf.Pdf) -> datetime:
    # "D:20260901080000+00'00'": conformed writes dates in UTC.
    digits = str(source.docinfo["/CreationDate"])[2:16]
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
