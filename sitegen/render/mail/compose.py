"""Compose an e-mail once for all its readers; sitegen.render.mail.message then fills it for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import css_inline
from markupsafe import Markup

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign, EveryYear
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.form_link import FormLink
from sitegen.model.plan import Recipient
from sitegen.model.segment import EVERYONE
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.render import shortcodes, theme
from sitegen.render.fields import direction
from sitegen.render.form_links import TokenLinks
from sitegen.render.mail import body as mail_body
from sitegen.render.mail import gates as mail_gates
from sitegen.render.mail import headers as mail_headers
from sitegen.render.mail import views as mail_views
from sitegen.render.mail.encoding import encoded_template
from sitegen.render.mail.gates import Composed
from sitegen.render.mail.voice import Voice, voice
from sitegen.render.markup import Links
from sitegen.render.merge import MergeTemplate, split
from sitegen.render.parts import Offers, Stage
from sitegen.render.plain import plain
from sitegen.render.site.views import address_lines, shop_view
from sitegen.render.variant import variant as block_variant

_KEPT_STYLE = re.compile(r"<head>\s*(<style>.*?</style>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MailSetting:
    """What all e-mails of one build share. `home_url` is absolute; `links` resolves to absolute https addresses.

    `offers` are the parts of the programme, None where no text shows any.
    """

    shop: Shop
    templates: theme.Templates
    links: Links
    home_url: str
    offers: Offers | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """What decides the text before any value does: block audiences, and which of the template's fields are known."""

    audiences: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """An e-mail that waits for its recipients.

    `plain_fields` holds each moving text of `plain`, cut at its fields; `encoded_html` is `html` as it travels.
    `automatic`: a customer's own day lets it leave, nobody's decision. `forms` are those to which it leads its reader.
    `notices` are what had better be mended.
    """

    campaign: str
    message_class: MessageClass
    language: str
    shop: Shop
    voice: Voice
    subject: MergeTemplate
    html: MergeTemplate
    encoded_html: MergeTemplate
    plain: plain.PlainText
    plain_fields: Mapping[str, MergeTemplate]
    automatic: bool
    notices: tuple[Problem, ...]
    forms: tuple[FormLink, ...] = ()


def variant(campaign: Campaign, recipient: Recipient) -> Variant:
    """Recipients with the same variant share one MailTemplate."""
    return Variant(block_variant(campaign.body, recipient.segments), mail_views.known(recipient))


def compose(campaign: Campaign, variant: Variant, setting: MailSetting, page_url: str = "") -> MailTemplate:
    """The campaign's e-mail for one variant of readers, in the campaign's language.

    `page_url` is the absolute address of the campaign's page, or of its place in the archive, "" without either.
    Raises Mistakes (exit 6) for what may not be sent, see sitegen.render.mail.gates.
    """
    before = len(campaign.body.fields) + len(mail_views.TEMPLATE_FIELDS)
    # Without a receiver there is no form with a token, and links to forms lead to the shop's telephone.
    own = TokenLinks(setting.links, before) if setting.shop.receiver else None
    links = own or setting.links
    form = shortcodes.form(setting.templates, "mail", links, _stage(campaign, variant, setting))
    body = mail_body.body_html(campaign, variant.audiences, links, form)
    view = _mail_view(campaign, variant, setting, (body, page_url))
    views = _views(view, campaign, variant, setting)
    fields = (*campaign.body.fields, *mail_views.TEMPLATE_FIELDS, *(own.uses if own else ()))
    about = f"the e-mail '{campaign.id}'"
    name = _template_name(campaign, setting.templates)
    html = _inlined(setting.templates.render(name, about, views))
    encoded = encoded_template(split(html, fields))
    text = plain.lay_out(setting.templates.render("mail/plain.html", about, views))
    template = Place(setting.templates.theme.file(name))
    size = sum(len(part) for part in encoded.parts if isinstance(part, str))
    plain_template = Place(setting.templates.theme.file("mail/plain.html"))
    needed = _needed(view, setting.shop)
    composed = Composed(campaign, template, body, html, size, text, view, needed, plain_template)
    if problems := (*_sender_problems(setting.shop), *mail_gates.problems(composed)):
        raise Mistakes(problems, Exit.MESSAGE)
    return MailTemplate(
        campaign=campaign.id,
        message_class=campaign.message_class,
        language=view.language,
        shop=setting.shop,
        voice=voice(setting.shop, setting.templates.theme, view.language),
        subject=split(view.subject, fields),
        html=split(html, fields),
        encoded_html=encoded,
        plain=text,
        plain_fields={piece: split(piece, fields) for piece in plain.moving(text)},
        automatic=isinstance(campaign.timing, EveryYear),
        forms=tuple(own.found) if own else (),
        notices=tuple(mail_gates.notices(composed)),
    )


def _stage(campaign: Campaign, variant: Variant, setting: MailSetting) -> Stage | None:
    """Where parts of the programme are shown: each cell to those of the variant who are meant by it."""
    offers = setting.offers
    if offers is None:
        return None
    language = campaign.language or setting.shop.language

    def seat(key: str, audience: str, html: str) -> str:  # noqa: ARG001 - a mail needs no name for it
        return html if audience in {"", EVERYONE, *variant.audiences} else ""

    return Stage(offers, language, shop_view(setting.shop, language), seat, offers.part, campaign.body)


def _mail_view(
    campaign: Campaign, variant: Variant, setting: MailSetting, filling: tuple[str, str]
) -> mail_views.MailView:
    body, page_url = filling
    before = len(campaign.body.fields)
    language = campaign.language or setting.shop.language
    has_page = Channel.PAGE in campaign.channels
    promotion = campaign.message_class is MessageClass.PROMOTION
    return mail_views.MailView(
        subject=campaign.subject or campaign.title,
        preheader=campaign.preheader or campaign.description or mail_body.opening(body, mail_gates.MOST_PREHEADER),
        title=campaign.title,
        html=Markup(body),  # noqa: S704 - made by our own Markdown, without any value of a customer
        reason=mail_views.field_marker("mail.reason", before, variant.known),
        day=mail_views.field_marker("mail.day", before, variant.known),
        unsubscribe_url=mail_views.field_marker("mail.unsubscribe_url", before, variant.known),
        preferences_url=(
            mail_views.field_marker("mail.preferences_url", before, variant.known) if setting.shop.receiver else ""
        ),
        home_url=setting.home_url,
        page_url=(mail_body.tagged(page_url, campaign.id) if promotion else page_url) if has_page else "",
        archive_url="" if has_page else page_url,
        language=language,
        direction=direction(language),
        kind=campaign.kind.value,
        message_class=campaign.message_class.value,
    )


def _views(
    view: mail_views.MailView, campaign: Campaign, variant: Variant, setting: MailSetting
) -> Mapping[str, object]:
    return {
        "mail": view,
        "shop": shop_view(setting.shop, view.language),
        "adviser": mail_views.adviser_view(len(campaign.body.fields), variant.known),
        "t": mail_views.phrases(theme.words(setting.templates.theme, view.language)),
    }


def _needed(view: mail_views.MailView, shop: Shop) -> tuple[tuple[str, str], ...]:
    """What both parts of every e-mail must say, by the names that people have for it."""
    said = (
        ("the link to unsubscribe, {{ mail.unsubscribe_url }}", view.unsubscribe_url),
        ("the link to the preferences, {{ mail.preferences_url }}", view.preferences_url),
        ("the reason, {{ mail.reason }}", view.reason),
        ("the shop's telephone, {{ shop.phone }}", shop.phone),
        ("the third party, {{ shop.hotline_name }}", shop.said(shop.hotline.name, view.language)),
        ("the third party's telephone, {{ shop.hotline_phone }}", shop.hotline.phone),
        *(
            ("the shop's address, {{ shop.address_lines }}", line)
            for line in address_lines(shop.address, view.language)
        ),
    )
    return tuple((name, words) for name, words in said if words)


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
