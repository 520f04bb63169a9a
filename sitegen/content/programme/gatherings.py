"""Read `gatherings:` and `related:` of content/programme/*.yaml."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.forms import section_keys
from sitegen.errors import Problem
from sitegen.model.gathering import Gatherings, Ideas
from sitegen.model.programme import Programme
from sitegen.model.related import Related, RelatedGoods
from sitegen.model.segment import EVERYONE
from sitegen.model.table import table
from sitegen.model.tree import Node, Place, Scalar

MOST_A_YEAR = 366
FARTHEST = 90
"""Days before an event on which a reminder, or the end of answers, makes sense."""
LARGEST_PARTY = 20


def read_gatherings(node: Node, problems: list[Problem]) -> Gatherings | None:
    """What holds for all gatherings, None where the section has another form."""
    keys = section_keys(node, problems, "gatherings")
    if keys is None:
        return None
    gatherings = Gatherings(
        place=node.place,
        least=keys.integer("least", 4, 0, MOST_A_YEAR),
        audience=keys.text("audience", EVERYONE),
        audience_place=keys.place("audience"),
        answer_until=keys.integer("answer_until", 0, 0, FARTHEST),
        party=keys.integer("party", 2, 1, LARGEST_PARTY),
        reminders=_reminders(keys),
        ideas=_ideas(keys),
        themes=_themes(keys),
    )
    keys.finish()
    return gatherings


def read_related(node: Node, problems: list[Problem]) -> Related | None:
    """Which goods go together, None where the section has another form."""
    keys = section_keys(node, problems, "related")
    if keys is None:
        return None
    audience = keys.text("audience", required=True)
    new_within = keys.integer("new_within", 0, 0, MOST_A_YEAR)
    related = Related(node.place, audience, keys.place("audience"), tuple(_goods(keys)), new_within)
    keys.finish()
    return related


def check_gatherings(programme: Programme, segments: Collection[str], problems: list[Problem]) -> None:
    """Report the audiences of both sections that are no segments."""
    named: list[tuple[str, Place]] = []
    if programme.gatherings:
        named.append((programme.gatherings.audience, programme.gatherings.audience_place))
    if programme.related and programme.related.audience:
        named.append((programme.related.audience, programme.related.audience_place))
    for name, place in named:
        if name not in segments and name != EVERYONE:
            hint = did_you_mean(name, (*segments, EVERYONE))
            problems.append(place.problem("unknown-segment", f"unknown segment '{name}'", hint))


def _reminders(keys: Keys) -> tuple[int, ...]:
    days: set[int] = set()
    for scalar in keys.scalars("reminders"):
        if scalar.text.isascii() and scalar.text.isdigit() and 1 <= int(scalar.text) <= FARTHEST:
            days.add(int(scalar.text))
        else:
            hint = f"write whole numbers of days before it, from 1 to {FARTHEST}, like [14, 3]"
            message = f"'reminders' can't be '{scalar.text}'"
            keys.problems.append(scalar.place.problem("wrong-value", message, hint))
    return tuple(sorted(days, reverse=True))


def _ideas(keys: Keys) -> Ideas:
    inner = keys.keys("ideas")
    if inner is None:
        return Ideas()
    ideas = Ideas(inner.integer("within", 60, 1, MOST_A_YEAR), inner.text("poll"))
    inner.finish()
    return ideas


def _themes(keys: Keys) -> dict[str, str]:
    """Words for the themes that the customer file's events may have."""
    inner = keys.keys("themes")
    if inner is None:
        return {}
    allowed = table("events").column("theme").allowed
    themes: dict[str, str] = {}
    for entry in inner.rest():
        theme = entry.key.text
        if theme in allowed:
            themes[theme] = inner.text(theme, required=True)
        else:
            message = f"no event can have the theme '{theme}'"
            keys.problems.append(entry.key.place.problem("unknown-word", message, did_you_mean(theme, allowed)))
    return themes


def _goods(keys: Keys) -> Iterator[RelatedGoods]:
    inner = keys.keys("products", required=True)
    for entry in inner.rest() if inner else ():
        product, place = entry.key.text, entry.key.place
        goods = inner.keys(product, required=True) if inner else None
        if goods is None:
            continue
        goes_with, upgrades = _others(goods, "with", product), _others(goods, "upgrade", product)
        goods.finish()
        if not goods.mapping.entries:
            hint = "write what goes with it, or what is finer: {with: [P-002], upgrade: P-007}"
            keys.problems.append(place.problem("missing-key", f"nothing goes with '{product}'", hint))
        yield RelatedGoods(product, goes_with, upgrades, place)


def _others(goods: Keys, key: str, product: str) -> tuple[str, ...]:
    """The products of a list, each once; none goes with itself."""
    return tuple(dict.fromkeys(one.text for one in goods.scalars(key) if _is_another(one, product, goods)))


def _is_another(one: Scalar, product: str, goods: Keys) -> bool:
    if one.text == product:
        hint = "name another product, or take it out"
        goods.problems.append(one.place.problem("same-product", f"'{product}' can't go with itself", hint))
    return one.text != product
