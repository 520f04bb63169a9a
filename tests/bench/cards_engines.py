"""sitegen's two engines and naive WeasyPrint, as the bench drives them: a batch of customers in, a file out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from weasyprint import HTML

from sitegen.render.cards import qr
from sitegen.render.cards.compile import plate
from sitegen.render.cards.plate import Way
from sitegen.render.cards.preflight.refusals import refusals
from sitegen.render.cards.press import prepared
from sitegen.render.cards.printing import Imprint, print_file
from sitegen.render.cards.verify import verified
from tests.bench import cards_sample as sample
from tests.bench.cards_sample import Person, card, design
from tests.render.cards.pressing import print_house

INSTANT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
_NAIVE = """
@font-face { font-family: "EB Garamond"; src: url(EBGaramond-Regular.ttf) }
@font-face { font-family: "Hearth Kai"; src: url(HearthKai-Regular.ttf) }
@page { margin: 0; bleed: 3mm }
body { margin: 0; font-family: "EB Garamond", "Hearth Kai"; color: device-cmyk(0 0 0 1) }
p { margin: 0 }
section { break-after: page; position: relative; height: 148mm }
section > * { position: absolute }
img { left: -3mm; top: -3mm; width: 111mm; height: 154mm }
.title, .code { text-align: center; line-height: 1.25 }
.title { color: device-cmyk(2% 10% 40% 0%) }
.greeting { line-height: 1.42 }
:lang(zh) .greeting { line-height: 1.68 }
.greeting p + p { margin-top: 0.55em }
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """How a batch becomes a file, and what reads the file back: the number of faults found, 0 where nothing is read."""

    made: Callable[[Sequence[Person]], bytes]
    faults: Callable[[bytes, Sequence[Person]], int] | None = None


def fast() -> Engine:
    """sitegen's fast engine, as its build prints: all checks before, PDF/X-4 after."""
    return _ours(whole_pages=False)


def reference() -> Engine:
    """sitegen by whole pages."""
    return _ours(whole_pages=True)


def naive() -> Engine:
    """A document of WeasyPrint for each card, which reads art and fonts from their files, as tutorials say."""
    folder = Path(tempfile.mkdtemp(prefix="cards-"))
    for side, name in design().art.items():
        (folder / f"{side}.svg").write_bytes(design().files[name])
    for font in (sample.LATIN_FONT, sample.HAN_FONT):
        (folder / font.name).write_bytes(font.read_bytes())
    return Engine(partial(_documents, folder))


def _ours(*, whole_pages: bool) -> Engine:
    press = prepared(design())
    made = plate(press)
    assert made.way is Way.LINES, made.why
    chosen = replace(made, way=Way.PAGES) if whole_pages else made
    imprint = Imprint(print_house("eu"), "bench", "Bench", INSTANT)

    def printed(batch: Sequence[Person]) -> bytes:
        return print_file(press, chosen, [card(person) for person in batch], imprint).pdf

    def faults(pdf: bytes, batch: Sequence[Person]) -> int:
        cards = [card(person) for person in batch]
        return len(verified(pdf, cards, press)) + len(refusals(pdf, press.design, cards, imprint.house))

    return Engine(printed, faults)


def _documents(folder: Path, batch: Sequence[Person]) -> bytes:
    base = f"{folder}/"
    return b"".join(HTML(string=_html(person), base_url=base).write_pdf() for person in batch)


def _html(person: Person) -> str:
    whole = design()
    slots = "".join(
        f".{slot.name} {{ left: {slot.box.x}mm; top: {slot.box.y}mm; width: {slot.box.width}mm; "
        f"font-size: {slot.sizes[0]}pt }}\n"
        for slot in whole.slots
    )
    greeting = "".join(f"<p>{paragraph}</p>" for paragraph in sample.GREETINGS[person.greeting])
    return (
        f"<style>{_NAIVE}{slots}@page {{ size: {whole.width}mm {whole.height}mm }}</style>"
        f"<section lang={person.language}><img src=front.svg>"
        f"<div class=title>{sample.TITLES[person.language]}</div></section>"
        f"<section lang={person.language}><img src=back.svg>"
        f"<div class=name>{person.name}</div><div class=greeting>{greeting}</div>"
        f"<div class=code>{person.code[0]}<br>{person.code[1]}</div>{_svg(qr.modules(person.link))}</section>"
    )


def _svg(code: qr.Modules) -> str:
    place = design().qr
    assert place
    style = f"left: {place.x}mm; top: {place.y}mm; width: {place.width}mm; height: {place.width}mm"
    side = len(code) + 2 * qr.QUIET
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' style='{style}' viewBox='{-qr.QUIET} {-qr.QUIET} {side} {side}'>"
        f"<path fill='device-cmyk(0 0 0 1)' d='{outlines(code)}'/></svg>"
    )


def outlines(code: qr.Modules) -> str:
    """The ink of a code as the path of an SVG, a rectangle for each run."""
    found = qr.runs(code)[:, [0, 1, 2, 2]]
    return "M%d %dh%dv1h-%dz" * len(found) % tuple(found.ravel().tolist())
