"""Show where to complain, what happens then, by when, and who stands by whoever complains."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.model.service import Within
from sitegen.programme.parts.ways import Way, telephone, ways


@dataclass(frozen=True, slots=True)
class ComplaintsView:
    """The way of a complaint in the reader's language. `hotline` is a third party's name, "" for none."""

    invite: str
    ways: tuple[Way, ...]
    steps: tuple[str, ...]
    answer: Within | None
    hotline: str
    hotline_phone: str
    hotline_link: str


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text read it."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """The way of a complaint, None where the shop has none."""
    found, hotline = on.programme.complaints, on.shop.hotline
    if found is None:
        return Part()
    form = "complaint:" if on.shop.receiver else ""
    return Part(
        ComplaintsView(
            invite=on.said(found.invite),
            ways=ways(on, found.channels, form),
            steps=tuple(map(on.said, found.steps)),
            answer=found.answer,
            hotline=on.said(hotline.name) if hotline.phone else "",
            hotline_phone=hotline.phone,
            hotline_link=telephone(hotline.phone),
        )
    )


MAKER = Maker("complaints", ("title",), shows(), rules, part)
