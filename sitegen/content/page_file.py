"""Read a page of content/pages/."""

from __future__ import annotations

from sitegen.content.addresses import is_part, read_aliases
from sitegen.content.audiences import Audiences
from sitegen.content.body import parse_body
from sitegen.content.event_key import read_event
from sitegen.content.first_key import Embargoed, read_first
from sitegen.content.keys import Keys
from sitegen.content.listing_keys import read_listing
from sitegen.content.markdown_file import MarkdownFile
from sitegen.content.menus_key import read_menu
from sitegen.content.picture_key import read_picture
from sitegen.content.translations import ENGLISH, Tongues, read_version
from sitegen.errors import Problem
from sitegen.model.campaign import Window
from sitegen.model.channel import Channel
from sitegen.model.field import FieldUse, field
from sitegen.model.page import Page
from sitegen.model.segment import EVERYONE

LAYOUTS = ("page", "home", "member-home", "journal")
"""What every theme has templates for; a theme may have more."""


def read_page(
    file: MarkdownFile, path: str, audiences: Audiences, problems: list[Problem], tongues: Tongues = ENGLISH
) -> Page:
    """The page at `path` below content/pages/ ("care/linen.md"); mistakes are added to `problems`."""
    keys = Keys(file.front, problems, "this page")
    audience = audiences.read(keys, EVERYONE)
    body = parse_body(file.text, file.place.file, file.text_line, problems)
    version = read_version(keys, f"pages/{path}", file.place, tongues)
    window = read_window(keys)
    page = Page(
        id=f"pages/{path}",
        title=keys.text("title", required=True),
        audience=audience,
        body=audiences.narrow(body, audience),
        window=window,
        place=file.place,
        url_path=version.address(url_path(version.path, read_slug(keys))),
        description=keys.text("description"),
        teaser=keys.text("teaser"),
        tags=read_tags(keys),
        language=version.language,
        original=version.original,
        layout=keys.text("layout", "page"),
        weight=keys.integer("weight", 100),
        menus=read_menu(keys),
        draft=keys.yes_no("draft", False),
        aliases=read_aliases(keys, audience),
        image=read_picture(keys),
        day=keys.day("date"),
        updated=keys.day("updated"),
        listing=read_listing(keys),
        event=read_event(keys),
        toc=keys.yes_no("toc", False),
        first=read_first(keys, audiences, Embargoed(audience, body, window)),
    )
    check_fields(body.fields, (Channel.PAGE,), problems)
    keys.finish()
    return page


def read_window(keys: Keys) -> Window:
    """`publish_on` and `expire_on`, in the right order."""
    window = Window(keys.day("publish_on"), keys.day("expire_on"))
    if window.publish_on and window.expire_on and window.expire_on <= window.publish_on:
        message = "'expire_on' is not after 'publish_on': the thing would never be seen"
        keys.problems.append(keys.place("expire_on").problem("empty-window", message, "swap or move the dates"))
    return window


def read_tags(keys: Keys) -> tuple[str, ...]:
    """The `tags`, each once; a tag without a letter or digit has no address and is reported."""
    for scalar in keys.scalars("tags"):
        if not any(character.isalnum() for character in scalar.text):
            message = f"'{scalar.text}' is no tag"
            keys.problems.append(scalar.place.problem("bad-tag", message, "write a word"))
    return tuple(dict.fromkeys(keys.texts("tags")))


def read_slug(keys: Keys) -> str:
    """The `slug`, "" where absent."""
    slug = keys.text("slug")
    if slug and not is_part(slug):
        hint = "write one path part, like mid-autumn-wish"
        keys.problems.append(keys.place("slug").problem("bad-slug", f"'{slug}' can't be part of an address", hint))
        return ""
    return slug


def url_path(path: str, slug: str) -> str:
    """The page's address below the site: "care/linen.md" -> "care/linen/", "index.md" -> ""."""
    parts = path.removesuffix(".md").split("/")
    if parts[-1] == "index":
        parts.pop()
    if slug and parts:
        parts[-1] = slug
    return "".join(f"{part}/" for part in parts)


def check_fields(uses: tuple[FieldUse, ...], channels: tuple[Channel, ...], problems: list[Problem]) -> None:
    """Report the merge fields that one of the channels may not show."""
    for use in uses:
        known = field(use.name)
        for channel in channels:
            if known and channel not in known.channels:
                message = f"'{use.name}' may not be shown on the channel '{channel}'"
                problems.append(
                    use.place.problem("hidden-field", message, "use another field, or leave the channel out")
                )
