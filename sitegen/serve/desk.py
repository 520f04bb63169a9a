"""The desk: one page that lists everything of the shop, and each message as its reader will see it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sitegen.build.order import Order, Part
from sitegen.render.mail.preview import SWITCHES, Shown, document, section
from sitegen.serve.desk_page import desk_page, failed_page
from sitegen.serve.excerpts import told
from sitegen.serve.proofs import Proofs, proof
from sitegen.serve.readers import code
from sitegen.serve.server import PROOF_POLICY
from sitegen.serve.worker import Fault, Worker

if TYPE_CHECKING:
    from sitegen.serve.clerk import Listing
    from sitegen.serve.live import LiveServer
    from sitegen.serve.preview import Preview
    from sitegen.serve.specimens import Sheet, Specimen

HTML, JSON = "text/html; charset=utf-8", "application/json"
DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
SPECIMEN_POLICY = f"{PROOF_POLICY}; base-uri 'none'".replace("img-src", "img-src data:")
WHAT = {"mail": "e-mail", "texts": "text", "cards": "card"}
"""The messages that can be looked at, and what people call one."""
BUILT = "built/"
"""Below it lie the messages that `sitegen build` wrote."""
PAGES = frozenset({Part.PAGES})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path of the desk gives."""

    content: bytes
    media_type: str = HTML
    policy: str = DESK_POLICY
    status: HTTPStatus = HTTPStatus.OK


class Desk:
    """Everything of one preview. What it needs to know of the shop, a process of its own knows."""

    def __init__(self, preview: Preview, server: LiveServer, clerk: Worker) -> None:
        self.preview, self.server, self.clerk = preview, server, clerk

    def page(self, path: str, asked: Mapping[str, str]) -> Answer | None:
        """What stands at a path below the desk's own, None where there is nothing."""
        room, _, rest = path.partition("/")
        customer = asked.get("customer", "").strip()
        plain: dict[str, Callable[[], Answer | None]] = {
            "": self._index,
            "problems.json": self._problems,
            "readers.json": lambda: _json(self._audiences()),
            "counts.json": lambda: _json(self._ask("counts")),
            "code": lambda: self._code(asked.get("as", "")),
        }
        if path in plain:
            return plain[path]()
        if room in WHAT and rest.strip("/"):
            return self._specimen(room, rest.strip("/"), customer)
        return self._built(rest, customer) if room == "built" else None

    def _order(self) -> Order:
        return self.preview.orders(PAGES)

    def _ask(self, question: str, *arguments: object) -> Any:
        return self.clerk.ask(question, *arguments, self._order(), self.preview.stamp)

    def _index(self) -> Answer:
        found: Listing | str | Fault = self._ask("listing")
        news, live = self.preview.news, self.server.addresses.live
        if isinstance(found, (str, Fault)):
            return Answer(failed_page(found if isinstance(found, str) else found.last, live).encode())
        return Answer(desk_page(found, news.notices, live, self.server).encode())

    def _problems(self) -> Answer:
        trouble = self.preview.news.trouble
        problems = trouble.problems if trouble else ()
        return _json(
            {
                "failure": trouble.failure if trouble else "",
                "problems": [told(problem, self.preview.root) for problem in problems],
            }
        )

    def _audiences(self) -> list[dict[str, str]]:
        found: Listing | str | Fault = self._ask("listing")
        if isinstance(found, (str, Fault)) or not self._order().guests:
            return []
        return [{"id": reader.id, "title": reader.title} for reader in found.readers]

    def _code(self, who: str) -> Answer | None:
        found: Listing | str | Fault = self._ask("listing")
        known = () if isinstance(found, (str, Fault)) else (*found.pages, *found.campaigns)
        audiences = {reader["id"] for reader in self._audiences()} | {thing.door for thing in known if thing.door}
        spelled = code(
            self.preview.root,
            self._order(),
            who,
            frozenset(audiences),
            lambda customer: self._ask("knows", customer) is True,
        )
        return None if spelled is None else _json({"code": spelled})

    def _built(self, path: str, customer: str) -> Answer | None:
        shop = self.server.shop
        proofs = Proofs(self.preview.root / "output", "", shop.origin + shop.base_path, self.server.url)
        page = proof(proofs, path, customer)
        return Answer(page.encode(), HTML, PROOF_POLICY) if page is not None else None

    def _specimen(self, channel: str, campaign: str, customer: str) -> Answer:
        found: Specimen | str | Fault = self._ask("specimens", channel, campaign, customer)
        above = f'<p><a href="{self.server.addresses.desk}">The desk</a></p>'
        chooser = (
            '<form><label>Customer, by their number <input type="search" name="customer" list="known" '
            f'value="{escape(customer)}"></label> <button>Show</button>'
        )
        if isinstance(found, (str, Fault)):
            said = found if isinstance(found, str) else found.last
            inner = f'{above}{chooser}</form><p role="alert">{escape(said)}</p>'
            return Answer(document(campaign, inner, WHAT[channel]).encode(), HTML, SPECIMEN_POLICY)
        known = "".join(f'<option value="{escape(number)}">' for number in found.known)
        draft = "<p><strong>DRAFT.</strong> Nobody is sent this.</p>" if found.draft else ""
        notices = "".join(f"<li>{escape(notice)}</li>" for notice in found.notices)
        sheets = "\n".join(self._sheet(channel, sheet) for sheet in found.sheets)
        inner = (
            f'{above}{draft}{chooser}<datalist id="known">{known}</datalist></form>'
            f"{f'<ul>{notices}</ul>' if notices else ''}{SWITCHES if channel == 'mail' else ''}{sheets}"
        )
        title = f"{'DRAFT: ' if found.draft else ''}{found.title}"
        return Answer(document(title, inner, WHAT[channel]).encode(), HTML, SPECIMEN_POLICY)

    def _sheet(self, channel: str, sheet: Sheet) -> str:
        if channel == "mail":
            shop = self.server.shop
            html = sheet.html.replace(shop.origin + shop.base_path, self.server.url)
            subject = dict(sheet.head).get("Subject", "")
            return section(Shown(sheet.label, subject, sheet.head, html, sheet.text))
        lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in sheet.head)
        sides = ("Front", "Back")
        pictures = "".join(
            f'<img alt="{sides[number % 2]}" src="data:image/png;base64,{b64encode(picture).decode()}" '
            'style="max-width:100%;width:min(34rem,100%);height:auto;border:1px solid #cdb995;background:#fff">'
            for number, picture in enumerate(sheet.pictures)
        )
        words = (
            '<p style="max-width:20rem;padding:.8rem 1rem;border-radius:1.1rem 1.1rem 1.1rem .3rem;background:#fffdf8;'
            f'border:1px solid #cdb995;white-space:pre-wrap;overflow-wrap:anywhere">{escape(sheet.text)}</p>'
            if sheet.text
            else ""
        )
        parts = f'<div class="parts">{pictures}{words}</div>'
        return f"<section>\n<h2>{escape(sheet.label)}</h2>\n<dl>{lines}</dl>\n{parts}\n</section>"


def _json(value: object) -> Answer:
    if isinstance(value, Fault):
        value = {"failure": value.last}
    return Answer(json.dumps(value, ensure_ascii=False).encode(), JSON)
