"""Compose an e-mail once for all its readers; sitegen.render.mail_message then fills it for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import css_inline
from markupsafe import Markup

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import MessageClass
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.render import mail_body, mail_headers, mail_views, plain, theme
from sitegen.render.mail_encoding import encoded_template
from sitegen.render.markup import Links
from sitegen.render.merge import MergeTemplate, split
from sitegen.render.variant import variant as block_variant
from sitegen.render.views import shop_view

MOST_PREHEADER = 110
MOST_HTML = 90_000
"""Bytes of HTML: Gmail cuts a message at 102 KB, and a relay may encode it a second time."""

_KEPT_STYLE = re.compile(r"<head>\s*(<style>.*?</style>)", re.DOTALL)
_MARKERS = re.compile("\ue000\\d+\ue001")


@dataclass(frozen=True, slots=True)
class MailSetting:
    """What all e-mails of one build share. `home_url` is absolute; `links` resolves to absolute https addresses."""

    shop: Shop
    templates: theme.Templates
    links: Links
    home_url: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What decides the text before any value does: block audiences, and which of the template's fields are known."""

    audiences: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """An e-mail that waits for its recipients.

    `plain_fields` holds each moving text of `plain`, cut at its fields; `encoded_html` is `html` as it travels.
    """

    campaign: str
    message_class: MessageClass
    language: str
    shop: Shop
    subject: MergeTemplate
    html: MergeTemplate
    encoded_html: MergeTemplate
    plain: plain.PlainText
    plain_fields: Mapping[str, MergeTemplate]


def variant(campaign: Campaign, recipient: Recipient) -> Variant:
    """Recipients with the same variant share one MailTemplate."""
    return Variant(block_variant(campaign.body, recipient.segments), mail_views.known(recipient))


def compose(campaign: Campaign, variant: Variant, setting: MailSetting, page_url: str = "") -> MailTemplate:
    """The campaign's e-mail for one variant of readers, in the campaign's language.

    `page_url` is the absolute address of the campaign's page, "" where it has none. Raises Mistakes (exit 6) for
    what may not be sent: a link or picture that only works on the site, a preheader or a message that is too long.
    """
    body = mail_body.body_html(campaign, variant.audiences, setting.links)
    views = _views(campaign, variant, setting, (body, page_url))
    fields = (*campaign.body.fields, *mail_views.TEMPLATE_FIELDS)
    about = f"the e-mail '{campaign.id}'"
    templates = setting.templates
    html = _inlined(templates.render(_template_name(campaign, templates), about, views))
    problems = (
        *_sender_problems(setting.shop),
        *mail_body.body_problems(campaign, body),
        *_problems(campaign, html),
    )
    if problems:
        raise Mistakes(problems, Exit.MESSAGE)
    text = plain.lay_out(templates.render("mail/plain.html", about, views))
    return MailTemplate(
        campaign=campaign.id,
        message_class=campaign.message_class,
        language=campaign.language or setting.shop.language,
        shop=setting.shop,
        subject=split(campaign.subject or campaign.title, fields),
        html=split(html, fields),
        encoded_html=encoded_template(split(html, fields)),
        plain=text,
        plain_fields={piece: split(piece, fields) for piece in plain.moving(text)},
    )


def _views(campaign: Campaign, variant: Variant, setting: MailSetting, filling: tuple[str, str]) -> dict[str, object]:
    body, page_url = filling
    before = len(campaign.body.fields)
    language = campaign.language or setting.shop.language
    promotion = campaign.message_class is MessageClass.PROMOTION
    mail = mail_views.MailView(
        subject=campaign.subject or campaign.title,
        preheader=campaign.preheader or campaign.description or mail_body.opening(body, MOST_PREHEADER),
        title=campaign.title,
        html=Markup(body),  # noqa: S704 - made by our own Markdown, without any value of a customer
        reason=mail_views.field_marker("mail.reason", before, variant.known),
        day=mail_views.field_marker("mail.day", before, variant.known),
        unsubscribe_url=mail_views.field_marker("mail.unsubscribe_url", before, variant.known),
        preferences_url=(
            mail_views.field_marker("mail.preferences_url", before, variant.known) if setting.shop.receiver else ""
        ),
        home_url=setting.home_url,
        page_url=mail_body.tagged(page_url, campaign.id) if promotion else page_url,
        language=language,
        kind=campaign.kind.value,
        message_class=campaign.message_class.value,
    )
    return {
        "mail": mail,
        "shop": shop_view(setting.shop),
        "adviser": mail_views.adviser_view(before, variant.known),
        "t": mail_views.phrases(theme.words(setting.templates.theme, language)),
    }


def _template_name(campaign: Campaign, templates: theme.Templates) -> str:
    """A theme may have a template for one kind; otherwise that of the message's class is taken."""
    own = f"mail/{campaign.kind}.html"
    return own if own in templates.theme.templates else f"mail/{campaign.message_class}.html"


def _inlined(html: str) -> str:
    # Most mail programs read no style sheet; the @media rules stay, for those that know dark mode and phones.
    inlined = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html)
    # The library puts the kept rules first; a reader of the bare file must meet the character set before them.
    found = _KEPT_STYLE.search(inlined)
    if not found:
        return inlined
    return f"{inlined[: found.start()]}<head>{inlined[found.end() :]}".replace("</head>", f"{found[1]}\n</head>", 1)


def _sender_problems(shop: Shop) -> Iterator[Problem]:
    for address in (shop.sender.address, shop.sender.unsubscribe):
        if mail_headers.usable_address(address) != address:
            message = f"'{address}' can't be an e-mail's sender"
            yield Problem(
                "content/site.yaml", 0, 0, "bad-address", message, "write it like name@shop.example, in ASCII"
            )


def _problems(campaign: Campaign, html: str) -> Iterator[Problem]:
    preheader = _MARKERS.sub("", campaign.preheader or "")
    if len(preheader) > MOST_PREHEADER:
        message = f"the preheader has {len(preheader)} characters, more than {MOST_PREHEADER}"
        yield campaign.place.problem("long-preheader", message, "mail programs show one line; say less")
    size = len(html.encode())
    if size > MOST_HTML:
        message = f"the e-mail has {size} bytes of HTML, more than {MOST_HTML}, and would be cut off"
        yield campaign.place.problem("long-mail", message, "shorten it, or put the long part on a page and link to it")
