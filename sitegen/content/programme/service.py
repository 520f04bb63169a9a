"""Read `standards:`, `returns:` and `complaints:` of content/programme/*.yaml."""

from __future__ import annotations

from sitegen.content.keys import Keys
from sitegen.content.programme.forms import channels, mappings, named_page, section_keys, within
from sitegen.errors import Problem
from sitegen.model.service import Complaints, Payer, Returns, Standard
from sitegen.model.tree import Node


def read_standards(node: Node, problems: list[Problem]) -> tuple[Standard, ...]:
    """The service standards in the order in which they are written, each title once."""
    found: list[Standard] = []
    for keys in mappings(node, problems, "standards", "standard"):
        standard = _standard(keys)
        if standard.title and any(other.title == standard.title for other in found):
            message = f"another standard is called '{standard.title}'"
            problems.append(standard.place.problem("same-standard", message, "keep one of them"))
        found.append(standard)
    return tuple(found)


def _standard(keys: Keys) -> Standard:
    standard = Standard(
        title=keys.text("title", required=True),
        expect=keys.text("expect", required=True),
        minimum=keys.text("minimum", required=True),
        measure=keys.text("measure"),
        place=keys.mapping.place,
        within=within(keys, "within"),
    )
    keys.finish()
    return standard


def read_returns(node: Node, problems: list[Problem]) -> Returns | None:
    """The rules by which goods come back. What is missing is for a check to say."""
    keys = section_keys(node, problems, "returns")
    if keys is None:
        return None
    pays = keys.choice("pays", Payer, Payer.SHOP)
    returns = Returns(
        place=node.place,
        within=within(keys, "within"),
        condition=keys.text("condition"),
        pays=pays if keys.node("pays") is not None else None,
        steps=keys.texts("steps"),
        refund=within(keys, "refund"),
        exceptions=keys.texts("exceptions"),
        page=named_page(keys, "page"),
    )
    keys.finish()
    return returns


def read_complaints(node: Node, problems: list[Problem]) -> Complaints | None:
    """Where to complain, and what happens then."""
    keys = section_keys(node, problems, "complaints")
    if keys is None:
        return None
    complaints = Complaints(
        place=node.place,
        channels=channels(keys),
        answer=within(keys, "answer"),
        invite=keys.text("invite"),
        steps=keys.texts("steps"),
        page=named_page(keys, "page"),
    )
    keys.finish()
    return complaints
