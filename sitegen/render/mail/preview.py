"""A page that shows a campaign's e-mail to those who wrote it: light or dark, on a phone or a desk, and as text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from sitegen.model.plan import Recipient
from sitegen.render.mail.compose import MailTemplate, Variant
from sitegen.render.mail.message import Filled, Posting, fill

# Two radio groups and :has() do what a script would: the page needs none, and opens from a folder.
_STYLE = """
:root { color-scheme: light; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem); background: #efe9df; color: #2b2320; }
body { font: 16px/1.5 Georgia, serif; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; font-weight: normal; }
fieldset { display: inline-flex; gap: 1rem; margin: 0 1rem 1rem 0; padding: .4rem 1rem; }
fieldset, iframe, pre { border: 1px solid #cdb995; border-radius: 4px; }
section { margin: 2rem 0 3rem; padding-top: 1rem; border-top: 1px solid #cdb995; }
h2 { margin: 0 0 .5rem; font-size: 1.1rem; font-weight: normal; font-style: italic; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
dt { color: #6b5d4f; }
dd { margin: 0; overflow-wrap: anywhere; }
.parts { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
iframe { width: 700px; max-width: 100%; height: 900px; background: #fff; resize: both; }
body:has(#phone:checked) iframe { width: 375px; height: 760px; }
body:has(#day:checked) .night, body:has(#night:checked) .day { display: none; }
pre { flex: 1 1 34rem; margin: 0; padding: 1rem; max-width: 100%; box-sizing: border-box; overflow-x: auto; }
pre { background: #fffdf8; }
form { margin: 0 0 1.5rem; }
input[type=search], button { padding: .35rem .6rem; font: inherit; }
ul.list { columns: 22rem; padding-left: 1.2rem; }
table { border-collapse: collapse; background: #fffdf8; }
th, td { padding: .4rem .8rem; border: 1px solid #cdb995; text-align: left; vertical-align: top; }
a { color: #8c2f1f; }
pre { font: 13px/1.5 Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
"""
SWITCHES = """
<fieldset><legend>Light</legend>
<label><input type="radio" name="light" id="day" checked> day</label>
<label><input type="radio" name="light" id="night"> night</label></fieldset>
<fieldset><legend>Width</legend>
<label><input type="radio" name="width" id="desk" checked> desk</label>
<label><input type="radio" name="width" id="phone"> phone</label></fieldset>
"""
"""Radio buttons that `document` understands: by day or night, on a desk or a phone."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A recipient who stands for their variant; `label` says which."""

    label: str
    template: MailTemplate
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class Shown:
    """An e-mail as people look at it. `head` holds pairs of a name and what stands behind it."""

    label: str
    subject: str
    head: tuple[tuple[str, str], ...]
    html: str
    text: str


def preview(title: str, samples: tuple[Sample, ...], posting: Posting) -> str:
    """The page for output/mail/<campaign>/index.html. Addresses are shortened; the page is never deployed."""
    return document(title, SWITCHES + "\n".join(section(_shown(sample, posting)) for sample in samples))


def document(title: str, inner: str, what: str = "e-mail") -> str:
    """A page for the people of the shop: no script, opens from a folder. `inner` is HTML, `what` is shown on it."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: {what}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{inner}\n</main>\n</body>\n</html>\n"
    )


def section(shown: Shown) -> str:
    """An e-mail in its headers, by day and by night, and as text."""
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in shown.head)
    night = shown.html.replace("@media (prefers-color-scheme: dark)", "@media all")
    return (
        f"<section>\n<h2>{escape(shown.label)}</h2>\n<dl>{lines}</dl>\n"
        f'<div class="parts">\n{_frame("day", shown.subject, shown.html)}\n'
        f"{_frame('night', shown.subject, night)}\n"
        f"<pre>{escape(shown.text)}</pre>\n</div>\n</section>"
    )


def label(variant: Variant) -> str:
    """What sets the readers of a variant apart, in words: "for gold", "for everybody, without an adviser"."""
    audiences = " and ".join(sorted(variant.audiences)) or "everybody"
    return f"for {audiences}" + ("" if "adviser_name" in variant.known else ", without an adviser")


def _shown(sample: Sample, posting: Posting) -> Shown:
    filled = fill(sample.template, sample.recipient, posting)
    return Shown(sample.label, filled.subject, _head(sample.template, filled), filled.html, filled.text)


def _frame(light: str, title: str, html: str) -> str:
    # Not every browser lets a frame have another colour scheme than its page, so each light has a frame of its own.
    return f'<iframe class="{light}" sandbox title="{escape(title)}" srcdoc="{escape(html)}"></iframe>'


def _head(template: MailTemplate, filled: Filled) -> tuple[tuple[str, str], ...]:
    sender = template.shop.sender
    reply = (("Replies go to", f"{filled.reply_to[0]} <{filled.reply_to[1]}>"),) if filled.reply_to[1] else ()
    return (
        ("Subject", filled.subject),
        ("From", f"{sender.name} <{sender.address}>"),
        *reply,
        ("To", shortened(filled.to[1])),
    )


def shortened(address: str) -> str:
    """An address of which only the first letter and the domain are shown."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
