"""Say what of a composed e-mail may not be sent, and what had better not be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from sitegen.errors import Problem
from sitegen.model.body import FIELD_OPEN
from sitegen.model.campaign import Campaign
from sitegen.model.channel import MessageClass
from sitegen.model.tree import Place
from sitegen.render.mail.body import CONTENT_WIDTH
from sitegen.render.mail.views import MailView
from sitegen.render.plain.layout import WIDTH
from sitegen.render.plain.plain import PlainText
from sitegen.render.plain.tree import Element, parse
from sitegen.render.plain.wrap import columns

MOST_PREHEADER = 110
MOST_HTML = 90_000
"""Bytes of HTML: Gmail cuts a message at 102 KB, and a relay may encode it a second time."""
MOST_ENCODED = 102_000
"""Bytes of HTML as it travels: some count the message before they decode it, and there Chinese is thrice as long."""

ACTIVE = frozenset(
    {"applet", "audio", "base", "button", "embed", "form", "frame", "iframe", "input", "link", "math", "object"}
    | {"script", "select", "svg", "textarea", "video"}
)
"""Elements that mail programs drop, or take for an attack."""
SHORTENERS = frozenset({"bit.ly", "buff.ly", "goo.gl", "is.gd", "ow.ly", "t.co", "t.cn", "tinyurl.com", "url.cn"})
"""Hosts behind which anything may hide: filters hold them against a message."""

_MARKERS = re.compile("\ue000\\d+\ue001")
_FETCHED = re.compile(r"@import|url\(|expression\(", re.IGNORECASE)
_HIDING = re.compile(
    r"display:none|visibility:hidden|opacity:0(?![.\d])|max-height:0(?![.\d])|mso-hide:all|font-size:0(?![.\d])|text-indent:-\d{3}"
)
_NOTHING = re.compile(r"[\s\u00ad\u034f\u200b-\u200f\u2060\ufeff]+")
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#:]\S*)?", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Composed:
    """An e-mail that waits for its readers, with their fields still as markers.

    `template` is the theme's file that made `html` of the campaign's `body`, `plain_template` that of `plain`;
    `encoded_size` counts the bytes of `html` as it travels; `needed` is what each part must say: a name for people,
    and the words or the marker.
    """

    campaign: Campaign
    template: Place
    body: str
    html: str
    encoded_size: int
    plain: PlainText
    view: MailView
    needed: tuple[tuple[str, str], ...]
    plain_template: Place


@dataclass(frozen=True, slots=True)
class _Read:
    """The e-mail with its HTML as a tree; `own` holds the tags and attributes that the campaign itself wrote."""

    mail: Composed
    elements: tuple[Element, ...]
    own: frozenset[str]

    def place(self, said: str) -> Place:
        """Where something stands: in the campaign's words if it wrote them, else in the theme."""
        return _written(self.mail.campaign, said) if said in self.own else self.mail.template


Gate = Callable[[_Read], Iterator[Problem]]


def problems(mail: Composed) -> Iterator[Problem]:
    """Everything for which the e-mail may not be sent."""
    read = _read(mail)
    for gate in GATES:
        yield from gate(read)


def notices(mail: Composed) -> Iterator[Problem]:
    """What is allowed, and yet better mended."""
    if mail.encoded_size > MOST_ENCODED:
        message = f"the e-mail's HTML takes {mail.encoded_size} bytes on its way, and some programs cut it off there"
        yield mail.campaign.place.problem("long-mail", message, "shorten it, or put the long part on a page")
    # What holds fields is laid out for each reader, in the same width.
    for line in "\n".join(part for part in mail.plain.parts if isinstance(part, str)).split("\n"):
        if (width := columns(line)) > WIDTH and "://" not in line:
            message = f"a line of the e-mail's text has {width} columns, more than {WIDTH}: '{line.strip()[:40]}…'"
            yield mail.campaign.place.problem("wide-text", message, "break the line or the long word in it")


def _read(mail: Composed) -> _Read:
    own = {
        found for element in _below(parse(mail.body)) for found in (element.tag, *element.attributes.values()) if found
    }
    return _Read(mail, tuple(_below(parse(mail.html))), frozenset(own))


def _written(campaign: Campaign, said: str) -> Place:
    """The place of some words in the campaign's Markdown, else that of the campaign."""
    for block in campaign.body.blocks:
        before, found, _ = block.markdown.partition(said)
        if found:
            start = before.rfind("\n") + 1
            # A field is shorter here than as it was written, so what follows it has no column.
            column = 0 if FIELD_OPEN in before[start:] else len(before) - start + 1
            return Place(campaign.body.file, block.line + before.count("\n"), column)
    return campaign.place


def _below(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _below(child)


def _language(read: _Read) -> Iterator[Problem]:
    """Screen readers choose their voice by `lang`."""
    mail = read.mail
    found = next((element.attributes for element in read.elements if element.tag == "html"), {})
    wanted = {"lang": mail.view.language, "dir": mail.view.direction}
    for name, value in wanted.items():
        if found.get(name) != value:
            message = f"the e-mail's <html> has {name}='{found.get(name, '')}' instead of '{value}'"
            yield mail.template.problem("mail-language", message, f'write {name}="{{{{ mail.{_VIEWED[name]} }}}}"')


_VIEWED = {"lang": "language", "dir": "direction"}


def _preheader(read: _Read) -> Iterator[Problem]:
    """Written ones only: an unwritten one is cut to fit."""
    written = _MARKERS.sub("", read.mail.campaign.preheader or "")
    if len(written) > MOST_PREHEADER:
        message = f"the preheader has {len(written)} characters, more than {MOST_PREHEADER}"
        hint = "mail programs show one line; say less"
        yield read.mail.campaign.place.problem("long-preheader", message, hint)


def _hidden(read: _Read) -> Iterator[Problem]:
    """Receivers take hidden words for a trick; the preheader is the one that they know."""
    for element in read.elements:
        style = _SPACE.sub("", element.attributes.get("style", "")).lower()
        said = _NOTHING.sub(" ", _words(element)).strip()
        hides = "hidden" in element.attributes or _HIDING.search(style)
        if hides and said and said != _NOTHING.sub(" ", read.mail.view.preheader).strip():
            message = f"the e-mail hides the words '{_MARKERS.sub('…', said)[:60]}'"
            yield read.mail.template.problem("mail-hidden", message, "only the preheader may be hidden")


def _pictures(read: _Read) -> Iterator[Problem]:
    for element in read.elements:
        if element.tag != "img":
            continue
        told = element.attributes
        source = told.get("src", "")
        place, by_campaign = read.place(source), source in read.own
        if not source.startswith(("https://", FIELD_OPEN)):
            message = f"the picture '{source[:80]}' can't be shown in an e-mail"
            yield place.problem("mail-image", message, "an e-mail shows pictures from https:// addresses only")
        if "alt" not in told or (by_campaign and not told["alt"].strip()):
            message = f"the picture '{source[:80]}' has no words for those who can't see it"
            yield place.problem("mail-alt", message, "say what it shows: ![a folded cloth](...)")
        width = told.get("width", "")
        if not width.isascii() or not width.isdigit() or not 0 < int(width) <= CONTENT_WIDTH:
            message = f"the picture '{source[:80]}' has the width '{width}'"
            hint = f"Outlook knows only the attribute: write width= with at most {CONTENT_WIDTH} pixels"
            yield place.problem("mail-width", message, hint)


def _links(read: _Read) -> Iterator[Problem]:
    for element in read.elements:
        if element.tag != "a" or "href" not in element.attributes:
            continue
        url = element.attributes["href"]
        for message, hint in _wrong_link(url, _words(element).strip(), read.mail.campaign):
            yield read.place(url).problem("mail-link", message, hint)


def _wrong_link(url: str, words: str, campaign: Campaign) -> Iterator[tuple[str, str]]:
    if not url.startswith(("https://", "mailto:", "tel:", "#", FIELD_OPEN)):
        yield (
            f"the link '{url}' can't be opened from an e-mail",
            "link to a page of the site, or write https:// in full",
        )
        return
    if "utm_" in url and campaign.message_class is not MessageClass.PROMOTION:
        yield f"the link '{url}' counts its visitors, which only a promotion may", "leave out what starts with utm_"
    elif "utm_" in url and url.startswith(FIELD_OPEN):
        yield "a reader's own link counts its visitors", "write it without anything behind it"
    elif url.count("utm_source=") > 1:
        yield f"the link '{url}' counts its visitors twice", "leave out what starts with utm_"
    host = _host(url)
    shown = _ADDRESS.fullmatch(words)
    if host in SHORTENERS:
        yield f"the link '{url}' hides where it leads", "write the address that it stands for"
    if shown and host and FIELD_OPEN not in words and not _same_host(shown[1].lower(), host):
        yield f"the link says '{words}' and leads to '{host}'", "write words, or the address to which it leads"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "") if url.startswith("https://") else ""
    except ValueError:
        return ""


def _same_host(shown: str, host: str) -> bool:
    return host.removeprefix("www.") == shown.removeprefix("www.")


def _active(read: _Read) -> Iterator[Problem]:
    """A message only lies there to be read: it runs, asks and fetches nothing but its pictures."""
    for element in read.elements:
        told = element.attributes
        style = told.get("style", "") + (_words(element) if element.tag == "style" else "")
        address = unescape(told.get("href", "") + told.get("src", "") + told.get("background", "")).strip().lower()
        if element.tag in ACTIVE:
            said = f"<{element.tag}>"
        elif runs := next((name for name in told if name.startswith("on")), ""):
            said = f"'{runs}'"
        elif address.startswith(("javascript:", "data:", "vbscript:", "file:")):
            said = f"'{address[:40]}'"
        elif fetched := _FETCHED.search(style):
            said = f"'{fetched[0]}'"
        else:
            continue
        place = read.place(element.tag if element.tag in ACTIVE else address)
        yield place.problem("mail-active", f"an e-mail can't hold {said}", "words, pictures and links are what arrives")


def _size(read: _Read) -> Iterator[Problem]:
    size = len(read.mail.html.encode())
    if size > MOST_HTML:
        message = f"the e-mail has {size} bytes of HTML, more than {MOST_HTML}, and would be cut off"
        hint = "shorten it, or put the long part on a page and link to it"
        yield read.mail.campaign.place.problem("long-mail", message, hint)


def _foot(read: _Read) -> Iterator[Problem]:
    """Who writes, why, whom to call, and how to end it: in both parts, whatever the theme is."""
    links = [element.attributes.get("href", "") for element in read.elements if element.tag == "a"]
    html = _bare("".join((*(_words(element) for element in read.elements if element.tag == "body"), *links)))
    text = _bare("".join(part if isinstance(part, str) else part.text for part in read.mail.plain.parts))
    for part, said, place in (("HTML", html, read.mail.template), ("text", text, read.mail.plain_template)):
        for name, words in read.mail.needed:
            if _bare(words) not in said:
                hint = "every e-mail says it; see the end of mail/base.html and mail/plain.html of the theme 'hearth'"
                yield place.problem("mail-foot", f"the e-mail's {part} lacks {name}", hint)


def _words(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _bare(text: str) -> str:
    # Lines of Chinese break anywhere, so no space is counted on either side.
    return _SPACE.sub("", text)


GATES: tuple[Gate, ...] = (_language, _preheader, _hidden, _pictures, _links, _active, _size, _foot)
"""Every look that is taken at an e-mail, in the order in which one would take it."""
