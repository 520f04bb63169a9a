"""Make a design that says less: without what is one customer's, or without any text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.press import Press
from sitegen.render.cards.written import Section, Written, written

_EVERYBODYS = frozenset({"record", "shop", "hotline", "language", "shop_lines", "site"})
"""Fields of a card that are the same on every card of a language."""


def public(press: Press, card: Card) -> CardDesign:
    """The design with the texts that `card` shares with every other of its language, and without code.

    What is a customer's, an adviser's or a giver's is left out: a slot is, when its text follows any such field.
    """
    return _without(press, written(press, card), personal(press, card))


def blank(press: Press, card: Card) -> CardDesign:
    """The design without any slot's text and without code: art, and what card.html sets around the slots."""
    return _without(press, written(press, card), frozenset(press.slots))


def personal(press: Press, card: Card) -> frozenset[str]:
    """The slots whose text would be another one if the card were somebody else's."""
    own, others = written(press, card), written(press, _somebody_else(card))
    told = {(text.side, text.slot, text.content) for text in others.texts}
    return frozenset(text.slot for text in own.texts if (text.side, text.slot, text.content) not in told)


def _somebody_else(card: Card) -> Card:
    changes: dict[str, str | tuple[str, ...]] = {}
    for one in fields(card):
        value = getattr(card, one.name)
        if one.name not in _EVERYBODYS:
            changes[one.name] = (*value, "x") if isinstance(value, tuple) else f"x{value[::-1]}x"
    return replace(card, **changes)  # type: ignore[arg-type]


def _without(press: Press, made: Written, hidden: frozenset[str]) -> CardDesign:
    template = "".join(line for section in made.sections for line in _section(section, hidden))
    return replace(press.design, template=template, qr=None)


def _section(section: Section, hidden: frozenset[str]) -> Iterator[str]:
    """The page as a template without variables."""
    yield f'{{% call page("{section.side}") %}}{_raw(section.pieces[0])}'
    for text, after in zip(section.texts, section.pieces[1:], strict=True):
        if text.slot not in hidden:
            yield f'{{% call slot("{text.slot}") %}}{_raw(text.content)}{{% endcall %}}'
        yield _raw(after)
    yield "{% endcall %}"


def _raw(html: str) -> str:
    # A text may say "{% endraw %}" itself.
    spoken = html.replace("{%", "{% endraw %}{{ '{%' }}{% raw %}")
    return f"{{% raw %}}{spoken}{{% endraw %}}" if html.strip() else ""
