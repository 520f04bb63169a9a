"""Show customers' ideas for gatherings that passed the three gates, their votes, and how to tell one's own."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.programme.gatherings.poll import alike
from sitegen.programme.parts.ways import telephone


@dataclass(frozen=True, slots=True)
class IdeaView:
    """An idea in the reader's language, and never whose: `wished` people told it, `votes` others like it.

    `is_taken`: the house has taken it up.
    """

    text: str
    votes: int
    wished: int
    is_taken: bool


@dataclass(frozen=True, slots=True)
class IdeasView:
    """The ideas with most votes first; `waiting` others wait for an answer, which comes within `within` days.

    `poll` is what `link` takes for the form that a message leads to, "" where nobody can vote.
    """

    ideas: tuple[IdeaView, ...]
    waiting: int
    within: int
    poll: str
    phone: str
    phone_link: str


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text read it."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """The ideas; an idea without words is none that anybody could like."""
    setting = on.programme.gatherings
    if setting is None:
        return Part()
    found = tuple(
        IdeaView(_title(on.said(one.text)), one.votes, one.wished, one.taken)
        for one in alike(on.goods.ideas)
        if one.text
    )
    waiting = len({(one.text or one.id).strip().casefold() for one in on.goods.ideas if one.waits})
    asked = setting.ideas.poll if setting.ideas.poll in on.surveys else ""
    return Part(
        IdeasView(
            ideas=found,
            waiting=waiting,
            within=setting.ideas.within,
            poll=f"survey:{asked}" if asked and found else "",
            phone=on.shop.phone,
            phone_link=telephone(on.shop.phone),
        )
    )


def _title(text: str) -> str:
    """A sentence as it stands in a list."""
    return text.removesuffix(".").removesuffix("。")


MAKER = Maker("gatherings", ("title",), shows(Shelf.IDEAS), rules, part)
