"""Read `duties:` of content/programme/*.yaml: rules that say what is owed to whom, by when and by whom."""

from __future__ import annotations

import re

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.row_conditions import read_conditions
from sitegen.content.audiences import Audiences
from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import once
from sitegen.content.programme.duty_times import read_span
from sitegen.content.programme.duty_triggers import read_day_column, read_trigger
from sitegen.content.programme.forms import mappings, one_word
from sitegen.errors import Problem
from sitegen.model.duty import Act, By, Duty, ForEach, Trigger
from sitegen.model.rule import Condition
from sitegen.model.segment import PUBLIC
from sitegen.model.table import Schema
from sitegen.model.tree import Mapping, Node, Scalar, Sequence

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_duties(node: Node, problems: list[Problem], audiences: Audiences) -> tuple[Duty, ...]:
    """What `duties:` says; those whose trigger can't be read are left out.

    Rules on the spot become segments of `audiences`, to whose problems theirs are added.
    """
    read = (_duty(keys, audiences) for keys in mappings(node, problems, "duties", "duty"))
    return once((duty for duty in read if duty is not None), problems)


def _duty(keys: Keys, audiences: Audiences) -> Duty | None:
    schema, name = audiences.schema, _name(keys)
    title, within = keys.text("title") or _spoken(name), read_span(keys, "within", required=True)
    act = one_word(keys, "what", Act, Act.TASK, required=True)
    trigger, by = read_trigger(keys, schema), one_word(keys, "by", By, By.ADVISER)
    _check_by(keys, by, trigger, schema)
    questions, asks = _questions(keys, schema)
    after, who = read_span(keys, "after"), _who(keys, audiences)
    done_on = read_day_column(keys, "done on", trigger.table, schema) if isinstance(trigger, ForEach) else ""
    evidence, campaign, why = _evidence(keys, act, schema), keys.text("campaign"), keys.text("why")
    say, never = keys.texts("say"), keys.texts("never")
    keys.finish()
    if trigger is None:
        return None
    return Duty(
        name=name,
        title=title,
        act=act,
        trigger=trigger,
        within=within,
        place=keys.mapping.place,
        why=why,
        after=after,
        by=by,
        who=who,
        done_on=done_on,
        evidence=evidence,
        campaign=campaign,
        questions=questions,
        asks=asks,
        say=say,
        never=never,
    )


def _name(keys: Keys) -> str:
    name = keys.text("name", required=True)
    if name and not NAME.fullmatch(name):
        message, hint = f"'{name}' is not a name for a duty", "write small letters, digits and hyphens, like big-order"
        keys.problems.append(keys.place("name").problem("bad-name", message, hint))
    elif name:
        # Whatever else is wrong with it is easier to find by its name.
        keys.what = f"the duty '{name}'"
    return name


def _spoken(name: str) -> str:
    """A name as a title: "Big order"."""
    return name.replace("-", " ").capitalize()


def _check_by(keys: Keys, by: By, trigger: Trigger | None, schema: Schema) -> None:
    """Only a row that has a column for it says who served the customer."""
    if by is not By.ROW or trigger is None:
        return
    table = trigger.table if isinstance(trigger, ForEach) else ""
    if not table or not any(column.name == "adviser_id" for column in schema.table(table).columns):
        message = f"no row of {table} names an adviser" if table else "there is no row here that could name an adviser"
        hint = "write 'by: adviser' for the customer's own"
        keys.problems.append(keys.place("by").problem("wrong-value", message, hint))


def _who(keys: Keys, audiences: Audiences) -> str:
    """The segment of those who are meant, "" for everyone."""
    node = keys.node("who")
    if node is None:
        return ""
    if isinstance(node, Mapping):
        return audiences.meant(node, node.place)
    if not isinstance(node, Scalar):
        hint = "name a segment, or write a rule with all:, any: or none:"
        keys.problems.append(node.place.problem("wrong-form", "'who' can't be a list", hint))
        return ""
    if node.text == PUBLIC:
        message, hint = "a duty is owed to customers, not to anybody", "leave 'who' out where it is for every customer"
        keys.problems.append(node.place.problem("unknown-segment", message, hint))
        return ""
    return audiences.known(node.text, node.place)


def _evidence(keys: Keys, act: Act, schema: Schema) -> tuple[Condition, ...]:
    node = keys.node("proof")
    if node is None:
        return ()
    if act is Act.TASK and keys.text("what") == Act.TASK:
        message, hint = "no contact proves a task of the house", "name a column of the row by 'done on', or remove it"
        keys.problems.append(node.place.problem("key-of-another-kind", message, hint))
        return ()
    return read_conditions(node, "contacts", schema, "proof", keys.problems)


def _questions(keys: Keys, schema: Schema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions, and for each the contacts' column that keeps its answer, or ""."""
    node = keys.node("questions")
    if node is None:
        return (), ()
    items = node.items if isinstance(node, Sequence) else (node,)
    read = [_question(keys, item, schema) for item in items]
    return tuple(question for question, _ in read), tuple(answer for _, answer in read)


def _question(keys: Keys, item: Node, schema: Schema) -> tuple[str, str]:
    if isinstance(item, Scalar):
        return item.text, ""
    if not isinstance(item, Mapping):
        hint = "write {ask: Do they like it?, answer: liked}"
        keys.problems.append(item.place.problem("wrong-form", "a question can't be a list", hint))
        return "", ""
    inner = Keys(item, keys.problems, "this question")
    ask, answer = inner.text("ask", required=True), inner.text("answer")
    columns = [column.name for column in schema.table("contacts").columns]
    if answer and answer not in columns:
        message, hint = f"contacts have no column '{answer}'", did_you_mean(answer, columns)
        keys.problems.append(inner.place("answer").problem("unknown-column", message, hint))
    inner.finish()
    return ask, answer
