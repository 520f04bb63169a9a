"""Read a campaign of content/campaigns/."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass, field, replace

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.addresses import read_aliases
from sitegen.content.audiences import Audiences
from sitegen.content.body import parse_body, parse_line
from sitegen.content.card_designs import read_cards
from sitegen.content.event_key import read_event
from sitegen.content.first_key import Embargoed, read_first
from sitegen.content.gift_campaign import GIFT, check_gift
from sitegen.content.keys import Keys
from sitegen.content.markdown_file import MarkdownFile
from sitegen.content.message_file import draw
from sitegen.content.page_file import check_fields, read_slug, read_tags, read_window, url_path
from sitegen.content.picture_key import read_picture
from sitegen.content.translations import ENGLISH, Tongues, read_version
from sitegen.errors import Problem
from sitegen.model.body import Body
from sitegen.model.campaign import Anytime, Campaign, EachGift, EveryYear, OnDate, OnOccasion, Timing
from sitegen.model.channel import Channel, Kind, message_class
from sitegen.model.message import Message
from sitegen.model.rule import FactSpec
from sitegen.model.segment import PUBLIC
from sitegen.model.tree import Mapping, Place, Scalar

TIMINGS = ("on", "occasion", "every")
FARTHEST = 366
"""Days between an occasion and its message."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a campaign may name. `designs` are those of the theme, with the kinds that each is made for."""

    audiences: Audiences
    designs: Names[str, tuple[str, ...]]
    occasions: Occasions
    messages: Names[str, Message] = field(default_factory=dict)
    tongues: Tongues = ENGLISH


def read_campaign(file: MarkdownFile, path: str, known: Known, problems: list[Problem]) -> Campaign:
    """The campaign at `path` below content/campaigns/; mistakes are added to `problems`."""
    keys = Keys(file.front, problems, "this campaign")
    audience = known.audiences.read(keys, "")
    kind = keys.choice("kind", Kind, Kind.HOLIDAY, required=True)
    drawn = draw(keys, file, kind, known.messages)
    body = drawn.body if drawn else parse_body(file.text, file.place.file, file.text_line, problems)
    channels, first_of = _channels(keys)
    title = keys.text("title", drawn.title if drawn else "", required=drawn is None)
    check_fields(body.fields, channels, problems)
    subject, whole = _line(keys, "subject", known.audiences.narrow(body, audience))
    preheader, whole = _line(keys, "preheader", whole)
    version = read_version(keys, f"campaigns/{path}", file.place, known.tongues)
    window = read_window(keys)
    unnarrowed = replace(whole, blocks=body.blocks)
    campaign = Campaign(
        id=path.removesuffix(".md"),
        title=title,
        kind=kind,
        message_class=message_class(kind, keys.yes_no("sales", True)),
        audience=audience,
        channels=channels,
        first_of=first_of,
        timing=_timing(keys, known),
        window=window,
        body=whole,
        place=file.place,
        url_path=version.address(url_path("news/" + version.path.rpartition("/")[2], read_slug(keys))),
        subject=subject or title,
        preheader=preheader,
        description=keys.text("description"),
        teaser=keys.text("teaser"),
        cards=read_cards(keys, kind, known.designs),
        tags=read_tags(keys),
        language=version.language or (drawn.language if drawn else ""),
        original=version.original,
        draft=keys.yes_no("draft", False),
        aliases=read_aliases(keys, audience),
        image=read_picture(keys),
        updated=keys.day("updated"),
        event=read_event(keys),
        toc=keys.yes_no("toc", False),
        first=read_first(keys, known.audiences, Embargoed(audience, unnarrowed, window)),
    )
    keys.finish()
    _check_whole(campaign, keys)
    return campaign


def _line(keys: Keys, key: str, body: Body) -> tuple[str, Body]:
    """A line that every recipient reads in their inbox; it may hold merge fields, as the body does."""
    node = keys.node(key)
    if not isinstance(node, Scalar):
        return keys.text(key), body
    place = Place(node.place.file, node.place.line, node.place.column + node.quoted)
    marked, whole = parse_line(node.text, place, body, keys.problems)
    check_fields(whole.fields[len(body.fields) :], (Channel.MAIL,), keys.problems)
    return marked, whole


def _channels(keys: Keys) -> tuple[tuple[Channel, ...], bool]:
    node = keys.node("channels", required=True)
    if isinstance(node, Mapping):
        inner = Keys(node, keys.problems, "'channels'")
        scalars = inner.scalars("first of")
        inner.finish()
        return _words(keys, scalars), True
    return _words(keys, keys.scalars("channels")), False


def _words(keys: Keys, scalars: tuple[Scalar, ...]) -> tuple[Channel, ...]:
    channels: list[Channel] = []
    for scalar in scalars:
        if scalar.text in set(Channel):
            channels.append(Channel(scalar.text))
        else:
            hint = did_you_mean(scalar.text, Channel)
            keys.problems.append(scalar.place.problem("unknown-channel", f"unknown channel '{scalar.text}'", hint))
    return tuple(dict.fromkeys(channels))


def _timing(keys: Keys, known: Known) -> Timing:
    said = [key for key in TIMINGS if keys.node(key) is not None]
    if len(said) > 1:
        message = f"'{said[0]}' and '{said[1]}' both say when"
        keys.problems.append(keys.place(said[1]).problem("two-timings", message, "keep one of them"))
    offset = keys.integer("offset", 0, -FARTHEST, FARTHEST)
    if "on" in said:
        if keys.node("offset") is not None:
            message = "'offset' counts from an occasion, but 'on' names the day itself"
            keys.problems.append(keys.place("offset").problem("two-timings", message, "write the day that you mean"))
        day = keys.day("on")
        return OnDate(day) if day else Anytime()
    if "occasion" in said:
        name = keys.text("occasion")
        problem = known.occasions.problem(name, keys.place("occasion"))
        keys.problems.extend([problem] if problem else [])
        return OnOccasion(name, offset)
    if "every" in said:
        return _every(keys, offset, known.audiences.catalogue)
    return Anytime()


def _every(keys: Keys, offset: int, catalogue: Names[str, FactSpec]) -> Timing:
    name = keys.text("every")
    yearly = {fact.name: fact for fact in catalogue.values() if fact.kind in {"yearly", "lunar"}}
    if name == GIFT and name not in yearly:
        if keys.node("offset") is not None:
            message = "'offset' counts from an occasion, but each gift has a day of its own"
            keys.problems.append(keys.place("offset").problem("two-timings", message, "remove 'offset'"))
        return EachGift()
    if name not in yearly:
        hint = did_you_mean(name, [*yearly, GIFT])
        problem = keys.place("every").problem("unknown-fact", f"'{name}' is no yearly fact", hint)
        keys.problems.append(problem)
        return Anytime()
    return EveryYear(name, offset)


def _check_whole(campaign: Campaign, keys: Keys) -> None:
    report = keys.problems.append
    if not campaign.audience and keys.node("audience") is None:
        hint = "add 'audience: everyone' or name a segment"
        report(keys.mapping.place.problem("missing-key", "this campaign has no 'audience'", hint))
    sent = [channel for channel in campaign.channels if channel is not Channel.PAGE]
    if campaign.audience == PUBLIC and sent:
        message = f"a campaign for 'public' can't go by {sent[0]}: anybody is nobody in particular"
        report(keys.place("audience").problem("public-message", message, "name a segment, or 'everyone'"))
    if sent and isinstance(campaign.timing, Anytime) and not any(keys.node(key) for key in TIMINGS):
        hint = "add 'on: DATE', 'occasion: NAME' or 'every: birthday'"
        report(keys.mapping.place.problem("no-timing", "this campaign never says when it leaves", hint))
    if not campaign.channels and keys.node("channels") and not keys.scalars("channels"):
        hint = "list one or more of page, mail, text and card"
        report(keys.place("channels").problem("no-channel", "this campaign has no channel to go by", hint))
    if campaign.first and Channel.PAGE not in campaign.channels:
        hint = "add 'page' to its channels, or write a campaign of its own for those who hear first"
        message = "'first' is about the page, and this campaign has none: a message leaves on its day"
        report(keys.place("first").problem("first-without-page", message, hint))
    check_gift(campaign, keys)
    if Channel.CARD in campaign.channels and not campaign.cards:
        report(keys.mapping.place.problem("missing-key", "a card needs a design", "add a line 'card: NAME'"))
    if campaign.first_of and Channel.PAGE in campaign.channels:
        report(keys.place("channels").problem("page-in-first-of", "'page' can't stand in 'first of'", "list it apart"))
