"""Write a card: run the design's template, and part what is the same on every card from what is written on one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from sitegen.model.card import Card, Side
from sitegen.render.cards.press import Press

_MARK = "\ue000"
"""Where a slot stood. Cards hold no private characters: writing.cleaned takes them out."""


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in a slot: HTML, white space at its ends taken off."""

    side: Side
    language: str
    slot: str
    content: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a card: HTML around its slots (one piece more than there are slots), and their texts in order."""

    side: Side
    language: str
    pieces: tuple[str, ...]
    texts: tuple[Text, ...]

    @property
    def ground(self) -> str:
        """The page without its slots."""
        return f'<section class="page {self.side}" lang="{self.language}">{"".join(self.pieces)}</section>'


@dataclass(frozen=True, slots=True)
class Written:
    """A card, written but not set. `outside` is what the template writes on no page: white space, or a fault."""

    card: Card
    sections: tuple[Section, ...]
    outside: str

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text of the card, in the template's order."""
        return tuple(text for section in self.sections for text in section.texts)

    @property
    def is_two_pages(self) -> bool:
        """Whether the template made a front and a back, and nothing beside them."""
        return [section.side for section in self.sections] == list(Side) and not self.outside.strip()


def written(press: Press, card: Card) -> Written:
    """The card as the design writes it. Raises jinja2.TemplateError where card.html is at fault."""
    sections: list[Section] = []
    said: list[tuple[str, str]] = []

    def page(side: str, caller: Callable[[], Markup]) -> Markup:
        if side not in tuple(Side):
            raise TemplateRuntimeError(f"page '{side}' is neither front nor back")
        said.clear()
        pieces = str(caller()).split(_MARK)
        texts = tuple(Text(Side(side), card.language, slot, content) for slot, content in said)
        sections.append(Section(Side(side), card.language, tuple(pieces), texts))
        return Markup("")

    def slot(name: str, caller: Callable[[], Markup]) -> Markup:
        if name not in press.slots:
            raise TemplateRuntimeError(f"slot '{name}' is not declared in design.yaml")
        if not press.slots[name].sizes:
            raise TemplateRuntimeError(f"slot '{name}' has no sizes in design.yaml")
        said.append((name, str(caller()).strip()))
        return Markup(_MARK)  # noqa: S704 - a constant

    greeting = Markup(card.greeting)  # noqa: S704 - merged and escaped by markup; checks.unfit allows four bare tags
    try:
        outside = press.template.render(card=card, greeting=greeting, page=page, slot=slot)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        # What Python says of it may quote the card.
        raise TemplateRuntimeError(f"it computes what can't be computed ({type(error).__name__})") from error
    return Written(card, tuple(sections), outside)
