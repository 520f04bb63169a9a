"""Compose the text of a new campaign, page or segment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sitegen.model.channel import Channel, Kind

ON_PAPER = (Kind.MONTHLY, Kind.GIFT, Kind.MEMBERSHIP, Kind.BUSINESS_CARD)
"""Kinds that are cards and nothing else."""
WITH_PAGE = (Kind.PROMOTION, Kind.NEWS, Kind.EVENT, Kind.SURVEY)
"""Kinds that stand on the site too."""
COMMENTS_FROM = 30
OFFER_LASTS = timedelta(days=31)

_PLAIN = re.compile(r"[^\W\d_][\w ’'，。-]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign to be written. It leaves on `day`, unless its kind or its `occasion` ("" for none) say when.

    `designs` are the theme's for this kind, where it is a card; `words` is Markdown, and that of the file `message`
    ("" for none).
    """

    title: str
    kind: Kind
    language: str
    day: date
    occasion: str
    designs: tuple[str, ...]
    words: str
    message: str = ""
    audience: str = "everyone"


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page to be written; `day` is the first on which it shows, None where it shows at once."""

    title: str
    language: str
    audience: str
    day: date | None
    words: str


def campaign_text(draft: Draft) -> str:
    """The file of the campaign: a draft, so that nothing of it leaves by itself."""
    return "\n".join(("---", *_campaign_lines(draft), "---", draft.words.strip("\n"), ""))


def _campaign_lines(draft: Draft) -> Iterator[str]:
    title = _text(draft.title)
    yield f"title: {title}"
    yield f"kind: {draft.kind}"
    if draft.kind is Kind.EVENT:
        yield _line("sales: no", "an event that sells nothing goes to everybody")
    yield _line(f"audience: {draft.audience}", "a segment of content/segments/, or everyone")
    yield _line(f"channels: [{', '.join(channels(draft.kind))}]", "page, mail, text, card")
    yield from _timing(draft)
    if draft.designs:
        yield f"card: [{', '.join(draft.designs)}]"
    if Channel.MAIL in channels(draft.kind):
        yield f"subject: {title}"
    yield f"language: {draft.language}"
    yield _line("draft: true", "nothing leaves before this line is gone")
    if draft.message:
        name = draft.message.removeprefix("content/messages/").removesuffix(".md")
        yield f"# The words below are those of the message {name}. With a line 'message: {name}' and nothing"
        yield "# below the front matter, they are drawn as they stand in the library."


def channels(kind: Kind) -> tuple[Channel, ...]:
    """The ways that a new campaign of a kind goes."""
    if kind in ON_PAPER:
        return (Channel.CARD,)
    return (Channel.PAGE, Channel.MAIL) if kind in WITH_PAGE else (Channel.MAIL,)


def _timing(draft: Draft) -> Iterator[str]:
    if draft.kind is Kind.BIRTHDAY:
        yield _line("every: birthday", "each customer's own day")
    elif draft.kind is Kind.GIFT:
        yield _line("every: gift", "a card for each row of the table gifts")
    elif draft.occasion:
        yield _line(f"occasion: {draft.occasion}", "the next one, and each year again")
    else:
        yield _line(f"on: {draft.day}", "the day that it is for")
    if draft.kind in WITH_PAGE:
        yield f"publish_on: {draft.day}"
    if draft.kind is Kind.PROMOTION:
        yield _line(f"expire_on: {draft.day + OFFER_LASTS}", "the first day without it")


def page_text(page: DraftPage) -> str:
    """The file of a page."""
    lines = (
        f"title: {_text(page.title)}",
        _line(f"audience: {page.audience}", "public for anybody, everyone with a card, or a segment"),
        *([_line(f"publish_on: {page.day}", "the first day on which it shows")] if page.day else ()),
        _line("menu: no", "yes: it stands in its readers' menu"),
        f"language: {page.language}",
        _line("draft: true", "nobody sees it before this line is gone"),
    )
    return "\n".join(("---", *lines, "---", page.words.strip("\n"), ""))


def segment_text(name: str, title: str, why: str) -> str:
    """The file of a segment: a rule that means somebody in any shop. `why` stands in the footer of its letters."""
    return f"""\
# Who is meant, in plain words. Every fact and phrase there is: sitegen segments show --grammar
#   sitegen segments show {name}       how many they are, and who
#   sitegen segments explain CUSTOMER {name}    why somebody is in it or not
segments:
  {name}:
    title: {_text(title)}
    why: {_text(why)}    # each letter says so: you receive this because ...
    all:                                                 # all of these, `any:` of these, `none:` of these
      - last order: within last 365 days
"""


def title_of(name: str) -> str:
    """A file's name as a title, until somebody writes a better one."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def _line(said: str, comment: str) -> str:
    return f"{said:<{COMMENTS_FROM}}# {comment}"


def _text(said: str) -> str:
    """The text as YAML reads it back."""
    return said if _PLAIN.fullmatch(said) and said == said.strip() else json.dumps(said, ensure_ascii=False)
