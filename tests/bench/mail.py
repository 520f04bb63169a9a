"""Measure e-mails: a hundred thousand, personalised, from the customer file to the disk, beside a plain loop."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory

import css_inline
import jinja2
import premailer

from sitegen.build.post.message_files import message_files
from sitegen.model.campaign import Campaign
from sitegen.render.mail import compose as mail
from sitegen.render.mail.views import TEMPLATE_FIELDS
from sitegen.render.merge import split
from tests.bench.crowd import write_crowd
from tests.bench.timing import head
from tests.render.mail_shop import SETTING, campaign, recipient

ROOT = Path(__file__).parents[2]
CUSTOMERS = 112_000
"""Of whom nine in ten have an e-mail address."""
BY_HAND = 300
"""Messages of the plain loops: they need seconds for them."""
DAY = "2026-09-08"
GOAL, MEMORY = 2000, 500
WORDS = """\
Dear {{ first_name or "friend" }},

The days draw in, and the house smells of quinces. We thought of you this morning, when the **first cloth** of the
autumn came off the loom: it is the colour of wet slate, and it would go well with what you have at home.

| When | Where |
|---|---|
| from Tuesday to Saturday | in all four of our rooms |
| on the last Sunday | in {{ store_city or "Hamburg" }}, with tea |

You have {{ points | number or "no" }} points; they are for [small gifts](https://members.smallloom.example/gifts/) and
they do not grow old. If something is worn through, bring it along: mending costs nothing.
"""
SITE = """\
name: The Small Loom
url: https://members.smallloom.example
timezone: Europe/Berlin
language: en
currency: EUR
address: {{street: Weberstrasse 3, postcode: "22767", city: Hamburg, country: DE}}
phone: "+49 40 66969 001"
hotline: {{name: Consumer Advice Line, phone: "+49 30 23125 400"}}
sender: {{name: The Small Loom, address: letters@smallloom.example}}
data: {{folder: content/customers, memory: 256MB}}
output: {{messages: {messages}}}
"""
FRONT = "title: The days draw in\nkind: letter\naudience: everyone\nchannels: [mail]\non: 2026-09-08\n"


@dataclass(frozen=True, slots=True)
class Result:
    """Messages, seconds by the clock, and megabytes of the process's peak."""

    messages: int
    seconds: float
    peak: float


def section() -> str:
    """The section of e-mails."""
    with TemporaryDirectory() as folder:
        shop = _shop(Path(folder))
        every, tenth = (_build(shop, messages) for messages in (CUSTOMERS, 10_000))
    loops = {name: _loop(name) for name in ("Jinja and premailer", "Jinja and css-inline")}
    rate = every.messages / every.seconds
    lines = [
        head("css-inline", "premailer", "jinja2"),
        "A letter with a table and three fields of the customer, in two parts, to everybody in a Parquet file of",
        f"{CUSTOMERS:,} customers. Ours is the whole of `sitegen build --only mail`: reading and checking the file,",
        "facts, plan, messages, a hash of each, files on the disk. The loops start when the values are at hand, and",
        "write nothing: for each recipient Jinja fills our template, the library inlines its CSS, and Python's own",
        "email makes the message. Seconds by the clock; the loops are one process.",
        "",
        "| what | messages | seconds | messages a second | peak of the memory, MB |",
        "|---|---:|---:|---:|---:|",
        _line("sitegen, every message written", every),
        _line("sitegen, 10,000 written, the rest hashed", tenth),
        *(_line(name, result) for name, result in loops.items()),
        "",
        f"Goals: {GOAL:,} a second ({rate:,.0f}), {MEMORY} MB ({every.peak:,.0f}).",
        *(
            f"{name} takes {_each(result) / _each(every):.1f} times as long a message."
            for name, result in loops.items()
        ),
    ]
    return "\n".join(lines)


def _each(result: Result) -> float:
    return result.seconds / result.messages


def _line(what: str, result: Result) -> str:
    peak = f"{result.peak:,.0f}" if result.peak else ""
    return f"| {what} | {result.messages:,} | {result.seconds:.1f} | {1 / _each(result):,.0f} | {peak} |"


def _shop(root: Path) -> Path:
    content = root / "content"
    for folder in ("campaigns", "pages"):
        (content / folder).mkdir(parents=True)
    write_crowd(content / "customers", CUSTOMERS)
    (content / "campaigns/letter.md").write_text(f"---\n{FRONT}---\n{WORDS}", encoding="utf-8")
    (content / "pages/index.md").write_text("---\ntitle: Home\naudience: public\nlayout: home\n---\nHome.\n")
    (content / "pages/welcome.md").write_text("---\ntitle: Yours\nlayout: member-home\n---\nYours.\n")
    return root


def _build(root: Path, messages: int) -> Result:
    """One build in a process of its own."""
    (root / "content/site.yaml").write_text(SITE.format(messages=messages), encoding="utf-8")
    command = [sys.executable, "-m", "sitegen", "build", "--on", DAY, "--only", "mail", "--quiet"]
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    assert status == 0
    child.returncode = 0
    made = sum(file.read_bytes().count(b"\n") for file in message_files(root / "output/mail/letter"))
    assert len(list((root / "output/mail").rglob("*.eml"))) == min(messages, made)
    return Result(made, seconds, used.ru_maxrss / 1024)


def _loop(name: str) -> Result:
    """What one writes on a free afternoon: everything again for each recipient."""
    what = campaign(WORDS)
    template = jinja2.Environment(autoescape=True).from_string(_template(what))
    inline = {
        "Jinja and premailer": lambda html: str(
            premailer.transform(html, allow_network=False, cssutils_logging_level=logging.CRITICAL)
        ),
        "Jinja and css-inline": css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline,
    }[name]
    values = dict(recipient().values)
    started = time.perf_counter()
    for number in range(BY_HAND):
        reader = values | {"first_name": f"Zoë {number}"}
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = "letters@smallloom.example", f"c{number}@mail.example"
        message["Subject"] = "The days draw in"
        message.set_content(WORDS)
        message.add_alternative(inline(template.render(fields=reader)), subtype="html")
        message.as_bytes()
    return Result(BY_HAND, time.perf_counter() - started, 0)


def _template(what: Campaign) -> str:
    """Our e-mail before its CSS is inlined, as a template of Jinja."""
    whole: list[str] = []
    setting = replace(SETTING, templates=SETTING.templates)
    original = mail._inlined
    try:
        mail._inlined = lambda html: whole.append(html) or original(html)  # type: ignore[assignment,func-returns-value]
        mail.compose(what, mail.variant(what, recipient()), setting)
    finally:
        mail._inlined = original
    parts = split(whole[0], (*what.body.fields, *TEMPLATE_FIELDS)).parts
    return "".join(part if isinstance(part, str) else f"{{{{ fields['{part.name}'] }}}}" for part in parts)
