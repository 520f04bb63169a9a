"""Proofs: the e-mails and texts that were built, as their recipients will see them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitegen.build.post.message_files import MESSAGES, message_files
from sitegen.render.mail.preview import SWITCHES, Shown, document, section, shortened

MOST_LISTED = 200
"""Recipients whom a page lists by name; any other is found by their number."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is shown. `output` is the shop's output folder, `home` the path below which proofs lie, with both slashes.

    `site` is the address under which messages name the site, `here` where this server shows it: so that pictures
    are seen which no host has yet.
    """

    output: Path
    home: str
    site: str
    here: str


def proof(proofs: Proofs, path: str, customer: str = "") -> str | None:
    """The page at a path below `home`: "" lists everything, "mail/<campaign>/" and "texts/<campaign>/" show it.

    `customer` chooses a recipient by their number. None where nothing of that name was built.
    """
    room, _, rest = path.partition("/")
    campaign = rest.strip("/")
    if not path:
        return _index(proofs)
    known = {"mail": _mailed, "texts": _texted}.get(room)
    if known is None or campaign not in dict(known(proofs)):
        return None
    return _mail_page(proofs, campaign, customer) if room == "mail" else _text_page(proofs, campaign)


def _index(proofs: Proofs) -> str:
    mails = "".join(
        _entry(f"mail/{campaign}/", f"{_subject(proofs, campaign)} ({campaign})", number)
        for campaign, number in _mailed(proofs)
    )
    texts = "".join(_entry(f"texts/{campaign}/", campaign, number) for campaign, number in _texted(proofs))
    none = "<p>None was built. <code>sitegen build</code> makes those of today.</p>"
    inner = (
        f"<h2>E-mails</h2>{f'<ul>{mails}</ul>' if mails else none}"
        f"<h2>Texts</h2>{f'<ul>{texts}</ul>' if texts else none}"
    )
    return document("What will be sent", inner)


def _entry(href: str, title: str, number: int) -> str:
    return f'<li><a href="{quote(href)}">{escape(title)}</a>: {number:,}</li>'


def _subject(proofs: Proofs, campaign: str) -> str:
    """The subject of a campaign's first message that was written; the campaign's name where none was."""
    first = next(_written(proofs, campaign), None)
    return str(_message(proofs, first)["Subject"]) if first else campaign


def _mailed(proofs: Proofs) -> Iterator[tuple[str, int]]:
    """The campaigns with e-mails, and how many each has."""
    folder = proofs.output / "mail"
    for file in sorted(folder.rglob(MESSAGES)):
        number = sum(part.read_bytes().count(b"\n") for part in message_files(file.parent))
        yield file.parent.relative_to(folder).as_posix(), number


def _texted(proofs: Proofs) -> Iterator[tuple[str, int]]:
    folder = proofs.output / "texts"
    for file in sorted(folder.rglob("*.jsonl")):
        with file.open("rb") as lines:
            yield file.relative_to(folder).as_posix().removesuffix(".jsonl"), sum(1 for _ in lines)


def _mail_page(proofs: Proofs, campaign: str, customer: str) -> str:
    rows = list(_written(proofs, campaign))
    first = None if customer or not rows else rows[0]
    chosen = next((row for row in rows if row["customer_id"] == customer), first)
    above = "../" * (campaign.count("/") + 2)
    asked = (
        f'<p><a href="{above}">All that will be sent</a></p>'
        '<form><label>Recipient, by their number <input type="search" name="customer" list="known" '
        f'value="{escape(chosen["customer_id"] if chosen else customer)}"></label> <button>Show</button>'
        f'<datalist id="known">{"".join(map(_option, rows[:MOST_LISTED]))}</datalist></form>'
    )
    if chosen is None:
        whose = f" for '{escape(customer)}'" if customer else ""
        return document(campaign, f"{asked}<p>No message of this campaign was written{whose}.</p>")
    message = _message(proofs, chosen)
    return document(str(message["Subject"]), asked + SWITCHES + section(_shown(proofs, message, chosen)))


def _message(proofs: Proofs, row: dict[str, Any]) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes((proofs.output / "mail" / row["file"]).read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def _written(proofs: Proofs, campaign: str) -> Iterator[dict[str, Any]]:
    """The lines on the messages that stand in output/."""
    files = message_files(proofs.output / "mail" / campaign)
    return (row for file in files for row in _rows(file) if row["file"])


def _option(row: dict[str, Any]) -> str:
    return f'<option value="{escape(row["customer_id"])}">'


def _shown(proofs: Proofs, message: EmailMessage, row: dict[str, Any]) -> Shown:
    """The message as a mail program reads it from its bytes."""
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    head = [(name, str(message[name])) for name in ("Subject", "From", "Reply-To", "Date") if message[name]]
    to = message["To"].addresses[0].addr_spec
    head.insert(2, ("To", shortened(to)))
    head += [("Leaves", row["leaves_at"]), ("Edition", row["edition"]), ("Size", f"{row['bytes']:,} bytes")]
    return Shown(
        label=row["customer_id"],
        subject=str(message["Subject"]),
        head=tuple(head),
        html=html.get_content().replace(proofs.site, proofs.here) if html else "",
        text=text.get_content() if text else "",
    )


def _text_page(proofs: Proofs, campaign: str) -> str:
    rows = list(_rows(proofs.output / "texts" / f"{campaign}.jsonl"))
    above = "../" * (campaign.count("/") + 2)
    lines = "".join(
        f"<tr><td>{escape(row['customer_id'])}</td><td>{escape(row['text'])}</td>"
        f"<td>{escape(row['encoding'])}, {row['segments']}</td></tr>"
        for row in rows[:MOST_LISTED]
    )
    table = f"<table><tr><th>Recipient</th><th>Text</th><th>Segments</th></tr>{lines}</table>"
    more = f"<p>And {len(rows) - MOST_LISTED:,} more.</p>" if len(rows) > MOST_LISTED else ""
    return document(campaign, f'<p><a href="{above}">All that will be sent</a></p>{table}{more}')


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
