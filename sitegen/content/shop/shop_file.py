"""Read site.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo, available_timezones

from sitegen.audience.calendar.public_holidays import countries
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import SHOP_FILE, read_text
from sitegen.content.keys import Keys
from sitegen.content.menus_key import read_menus
from sitegen.content.print_house_files import DEFAULT
from sitegen.content.programme.forms import words
from sitegen.content.shop.caps import read_caps
from sitegen.content.shop.check_keys import read_check
from sitegen.content.shop.data_file import read_data
from sitegen.content.shop.list_keys import read_feeds, read_paginate
from sitegen.content.shop.picture_setting import read_images
from sitegen.content.shop.quiet_hours import read_quiet_hours
from sitegen.content.shop.receiver_keys import read_receiver, read_topics
from sitegen.content.shop.smtp_file import read_smtp
from sitegen.content.shop.text_setting import read_texts
from sitegen.content.shop.words_key import read_words
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.channel import Channel
from sitegen.model.field import MemberData
from sitegen.model.shop import Hotline, Lead, Output, PostalAddress, Sender, Shop
from sitegen.model.staff_page import StaffPart
from sitegen.model.tree import Mapping
from sitegen.render.fields import is_country, is_language
from sitegen.render.mail.headers import usable_address

ADDRESS = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?")
MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
CURRENCY = re.compile(r"[A-Za-z]{3}")
LONGEST = 366
"""Days that a channel may need, and that a message may be late."""


def shop_of(root: Path) -> Shop:
    """The shop in the folder `root`, for commands that need no more of it; its mistakes are told by whoever builds.

    Raises Mistakes where site.yaml can't be read at all.
    """
    return read_shop(read_yaml(read_text(root / SHOP_FILE, root), SHOP_FILE), [])


def read_shop(tree: Mapping, problems: list[Problem]) -> Shop:
    """The shop that site.yaml describes; what is wrong is added to `problems`."""
    keys = Keys(tree, problems, "site.yaml")
    language = keys.text("language", "en")
    languages = keys.texts("languages")
    for key, code in (("language", language), *(("languages", code) for code in languages)):
        if not is_language(code):
            hint = "write its code, like en or zh"
            problems.append(keys.place(key).problem("bad-language", f"unknown language '{code}'", hint))
    data = read_data(keys)
    caps, bypass = read_caps(keys)
    sender = _sender(keys)
    shop = Shop(
        name=keys.text("name", required=True),
        tagline=keys.text("tagline"),
        url=_url(keys),
        timezone=_timezone(keys),
        language=language,
        languages=languages or (language,),
        currency=_currency(keys),
        address=_address(keys),
        phone=keys.text("phone"),
        hotline=_hotline(keys),
        sender=sender,
        source=data.source,
        theme=keys.text("theme", "hearth"),
        member_home=keys.text("member_home", "welcome.md"),
        leads=_leads(keys),
        catch_up=keys.integer("catch_up", 3, 0, LONGEST),
        rekey=cast("Literal['day', 'week', 'month']", keys.one_of("rekey", ("month", "week", "day"), "month")),
        ledger=keys.text("ledger", ".sitegen/ledger.sqlite"),
        output=_output(keys),
        caps=caps,
        bypass=bypass,
        quiet_hours=read_quiet_hours(keys),
        countries=_countries(keys),
        schema=data.schema,
        memory=data.memory,
        print_house=keys.text("print_house", DEFAULT),
        receiver=read_receiver(keys),
        topics=read_topics(keys, languages or (language,)),
        texts=read_texts(keys),
        smtp=read_smtp(keys, sender.address),
        words=read_words(keys, languages),
        search=keys.yes_no("search", True),
        images=read_images(keys),
        paginate=read_paginate(keys),
        feeds=read_feeds(keys),
        menus=read_menus(keys),
        check=read_check(keys),
    )
    keys.finish()
    return shop


def _url(keys: Keys) -> str:
    url = keys.text("url", required=True)
    if url and not ADDRESS.fullmatch(url):
        hint = "write the final address with https://; browsers open members' pages over https only"
        keys.problems.append(keys.place("url").problem("bad-url", f"'{url}' is not an https address", hint))
    return url.rstrip("/")


def _currency(keys: Keys) -> str:
    currency = keys.text("currency", required=True)
    if currency and not CURRENCY.fullmatch(currency):
        hint = "write its three letters, like EUR"
        keys.problems.append(keys.place("currency").problem("bad-currency", f"'{currency}' is no currency", hint))
    return currency.upper()


def _timezone(keys: Keys) -> str:
    # Without a clock that is known, one goes on to look for other mistakes.
    name = keys.text("timezone", required=True) or "UTC"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = did_you_mean(name, available_timezones())
        keys.problems.append(keys.place("timezone").problem("bad-timezone", f"unknown time zone '{name}'", hint))
        return "UTC"
    return name


def _address(keys: Keys) -> PostalAddress:
    inner = keys.keys("address", required=True)
    if inner is None:
        return PostalAddress("", "", "", "")
    address = PostalAddress(
        street=inner.text("street", required=True),
        postcode=inner.text("postcode"),
        city=inner.text("city", required=True),
        country=inner.text("country", required=True),
    )
    inner.finish()
    return address


def _hotline(keys: Keys) -> Hotline:
    inner = keys.keys("hotline")
    if inner is None:
        return Hotline("", "")
    hotline = Hotline(inner.text("name", required=True), inner.text("phone", required=True))
    inner.finish()
    return hotline


def _sender(keys: Keys) -> Sender:
    inner = keys.keys("sender", required=True)
    if inner is None:
        return Sender("", "", "")
    address = inner.text("address", required=True)
    sender = Sender(
        inner.text("name", required=True), address, inner.text("unsubscribe", address), inner.text("bounces", address)
    )
    for key in ("address", "unsubscribe", "bounces"):
        value = getattr(sender, key)
        if inner.node(key) and usable_address(value) != value:
            hint = "write an address like hello@example.com, its domain in ASCII"
            inner.problems.append(inner.place(key).problem("bad-address", f"'{value}' is not an e-mail address", hint))
    inner.finish()
    return sender


def _leads(keys: Keys) -> tuple[Lead, ...]:
    outer = keys.keys("channels")
    if outer is None:
        return ()
    leads: list[Lead] = []
    for channel in Channel:
        inner = outer.keys(channel.value)
        if inner is not None:
            leads.append(Lead(channel, inner.integer("lead", 0, 0, LONGEST)))
            inner.finish()
    outer.finish()
    return tuple(leads)


def _countries(keys: Keys) -> tuple[str, ...]:
    for scalar in keys.scalars("countries"):
        if scalar.text in countries():
            continue
        message, hint = f"unknown country '{scalar.text}'", "write its two letters, like DE or CN"
        if scalar.text.upper() in countries():
            hint = f"did you mean '{scalar.text.upper()}'?"
        elif is_country(scalar.text):
            message = f"the holidays of '{scalar.text}' are not known"
            hint = "leave it out, and write its days as occasions of your own in content/programme/"
        keys.problems.append(scalar.place.problem("bad-country", message, hint))
    return keys.texts("countries")


def _output(keys: Keys) -> Output:
    inner = keys.keys("output")
    if inner is None:
        return Output()
    kept = inner.one_of("member_data", ("none", "basic", "full"), "basic")
    output = Output(
        inner.integer("messages", 10_000, 0),
        cast("MemberData", kept),
        inner.yes_no("reproducible", True),
        cast("Literal['by-epoch', 'by-audience']", inner.one_of("layout", ("by-epoch", "by-audience"), "by-epoch")),
        inner.yes_no("export", False),
        tuple(StaffPart(word) for word in words(inner, "staff_pages", tuple(StaffPart))),
    )
    inner.finish()
    return output
