"""A small shop with one letter and one promotion, for the tests of mails and texts.

`python -m tests.render.mail_shop` writes the golden messages anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import yaml

from sitegen.build.post.tokens import KeyedTokens
from sitegen.content.body import parse_body
from sitegen.errors import Problem
from sitegen.model.campaign import Anytime, Campaign, Window
from sitegen.model.channel import Channel, Kind, MessageClass, message_class
from sitegen.model.plan import Recipient
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.protect.tokens import sealer
from sitegen.render import theme
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from tests import plain_shop

ROOT = Path(__file__).parents[2]
HEARTH = ROOT / "themes/hearth"
GOLDEN = Path(__file__).parent / "mail_golden"
SITE = "https://members.lanternandloom.example"
PAGE = f"{SITE}/m/7k3m9qxa/"

SHOP = replace(plain_shop.SHOP, url=f"{SITE}/", address=replace(plain_shop.SHOP.address, country="Germany"))
TOKENS = KeyedTokens(sealer(bytes(range(32))))
POSTING = mail_message.Posting(datetime(2026, 9, 25, 9, 0, tzinfo=UTC), TOKENS)

LETTER = """
Dear {{ first_name or "friend" }},

Tonight the moon is the same over every roof. May someone you love sit close enough to share the last mooncake,
and may whoever is far away look up at the same hour.
"""
NEWS = """
Dear {{ first_name or "friend" }},

**Autumn prices** are here, and [the whole list](pages/prices.md) is on your page.

| Piece | Price |
|-------|------:|
| Washed linen duvet cover | 189.00 EUR |
| Long Table cloth | 149.00 EUR |

![A folded cloth](/assets/fold.png)

::: audience gold
You have {{ points | number }} points, and the *moonlight quilt* is laid aside for you.
:::
"""


class SiteLinks:
    """Links as the site will give them: absolute."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": f"{SITE}/{target.removesuffix('.md')}/" if target.endswith(".md") else target}

    def image(self, source: str) -> Mapping[str, str]:
        return {"src": f"{SITE}{source}", "width": "1200", "height": "800", "loading": "lazy"}


def hearth() -> Theme:
    """The mail half of the default theme."""
    return Theme(
        name="hearth",
        title="Hearth",
        templates={
            path.relative_to(HEARTH).as_posix(): path.read_text("utf-8")
            for path in sorted((HEARTH / "mail").rglob("*"))
            if path.is_file()
        },
        static={},
        strings={
            language: yaml.safe_load((HEARTH / f"locale/mail.{language}.yaml").read_text("utf-8"))
            for language in ("en", "zh")
        },
        designs=(),
    )


SETTING = mail.MailSetting(SHOP, theme.templates(hearth(), {}), SiteLinks(), f"{SITE}/")


def campaign(markdown: str = LETTER, kind: Kind = Kind.HOLIDAY, **changes: Any) -> Campaign:
    """A campaign with this body."""
    problems: list[Problem] = []
    body = parse_body(markdown.strip("\n"), "content/campaigns/wish.md", 8, problems)
    assert not problems
    plain = Campaign(
        id="2026/wish",
        title="A quiet wish",
        kind=kind,
        message_class=message_class(kind),
        audience="everyone",
        channels=(Channel.PAGE, Channel.MAIL) if message_class(kind) is MessageClass.PROMOTION else (Channel.MAIL,),
        first_of=False,
        timing=Anytime(),
        window=Window(),
        body=body,
        place=Place("content/campaigns/wish.md", 2, 1),
        url_path="wish/",
        subject="The same moon over every roof",
        preheader="A wish for tonight.",
    )
    return replace(plain, **changes)


def recipient(**changes: Any) -> Recipient:
    """A gold member with an adviser."""
    plain = Recipient(
        customer_id="C-00001",
        campaign="2026/wish",
        edition="2026/wish/2026-09-25",
        channel=Channel.MAIL,
        day=date(2026, 9, 25),
        reason="you have bought from us within the last year.",
        address="zoe@example.org",
        address_key=sha256(b"zoe@example.org").hexdigest(),
        language="en",
        segments=frozenset({"gold"}),
        values={
            "first_name": "Zoë",
            "full_name": "Zoë Müller",
            "points": 1240,
            "adviser_name": "Wiebke Petersen",
            "adviser_first_name": "Wiebke",
            "adviser_title": "Senior adviser",
            "adviser_phone": "+49 40 66969 011",
            "adviser_email": "wiebke@lanternandloom.example",
            "adviser_signature": "Wiebke P.",
            "adviser_photo": f"{SITE}/assets/0123456789abcdef0123.png",
        },
    )
    return replace(plain, **changes)


def compose(what: Campaign, reader: Recipient, page_url: str = "") -> mail.MailTemplate:
    """The campaign's e-mail for readers like this one."""
    return mail.compose(what, mail.variant(what, reader), SETTING, page_url)


def sent(what: Campaign, reader: Recipient, page_url: str = "") -> bytes:
    """The message as it leaves."""
    return mail_message.message(compose(what, reader, page_url), reader, POSTING)


def read(message: bytes) -> EmailMessage:
    """The message as the standard library reads it."""
    return cast("EmailMessage", BytesParser(policy=default).parsebytes(message))


def parts(message: bytes) -> tuple[str, str]:
    """Text and HTML of a message, decoded."""
    texts = [part.get_content() for part in read(message).iter_parts() if isinstance(part, EmailMessage)]
    text, html = texts
    return text.replace("\r\n", "\n"), html.replace("\r\n", "\n")


def golden_messages() -> dict[str, bytes]:
    """The messages that are compared byte by byte."""
    promotion = campaign(NEWS, Kind.PROMOTION, title="Autumn prices", subject="Your autumn prices")
    chinese = campaign(
        '亲爱的{{ first_name or "朋友" }}：\n\n今夜月圆，照着每一家的屋檐。愿月圆，席满，心安。',
        title="中秋的问候",
        subject="今夜，同一轮月亮",
        preheader="一句祝福",
        language="zh",
    )
    return {
        "care.eml": sent(campaign(), recipient()),
        "care-zh.eml": sent(chinese, recipient(values={"first_name": "美玲", "full_name": "林美玲"})),
        "promotion.eml": sent(promotion, recipient(), PAGE),
    }


if __name__ == "__main__":
    for name, content in golden_messages().items():
        (GOLDEN / name).write_bytes(content)
