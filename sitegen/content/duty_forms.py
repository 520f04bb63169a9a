"""Read what the receiver asks advisers of their duties: words and questions of each rule, and no more of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes
from sitegen.model.column import Kind
from sitegen.model.duty import Act
from sitegen.model.duty_form import DutyForm, DutyQuestion
from sitegen.model.table import Table
from sitegen.model.tree import Mapping, Scalar, Sequence
from sitegen.programme.duties.outcomes import answer_columns

PROGRAMME = "content/programme"


def read_duty_forms(root: Path, contacts: Table) -> tuple[DutyForm, ...]:
    """The duties by their names; `contacts` is the shop's declaration of the table that keeps answers.

    What can't be read is asked of nobody: whoever builds tells that mistake, and other forms want to be open.
    """
    return tuple(form for keys in _sections(root) for form in _forms(keys, contacts))


def read_managers(root: Path) -> frozenset[str]:
    """Who may give the house's final opinion on a complaint, by `desk:`; empty where it names nobody."""
    found: set[str] = set()
    for keys in _sections(root):
        desk = keys.keys("desk")
        regions = desk.keys("regions") if desk else None
        if desk:
            named = (entry.value for entry in (regions.mapping.entries if regions else ()))
            found |= {desk.text("head office"), *desk.texts("owners")}
            found |= {node.text for node in named if isinstance(node, Scalar)}
    return frozenset(found - {""})


def _sections(root: Path) -> Iterator[Keys]:
    for path in files_below(root / PROGRAMME, ".yaml"):
        label = f"{PROGRAMME}/{path}"
        try:
            yield Keys(read_yaml(read_text(root / label, root), label), [], label)
        except Mistakes:
            continue


def _forms(keys: Keys, contacts: Table) -> Iterator[DutyForm]:
    node = keys.node("duties")
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Mapping):
            one = Keys(item, [], "this duty")
            name, act = one.text("name"), one.text("what")
            if name and act in set(Act):
                questions = tuple(_questions(one, contacts))
                yield DutyForm(name, one.text("title") or name, Act(act), one.text("why"), questions)


def _questions(keys: Keys, contacts: Table) -> Iterator[DutyQuestion]:
    node = keys.node("questions")
    items = node.items if isinstance(node, Sequence) else () if node is None else (node,)
    for item in items:
        if isinstance(item, Scalar):
            yield DutyQuestion(item.text)
        elif isinstance(item, Mapping):
            inner = Keys(item, [], "this question")
            ask, column = inner.text("ask"), inner.text("answer")
            kind = answer_columns(contacts, (column,)).get(column)
            if ask:
                yield DutyQuestion(ask, column if kind else "", kind is Kind.YES_NO)
