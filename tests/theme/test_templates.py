"""The site templates of the default theme hold what the renderer and the browser half rely on."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from sitegen.model.theme import Theme
from tests.theme.sample import BARE_PAGE, PAGE, SHOP, SITE, THEMES, Render

DOCUMENTS = ("home", "page", "list", "tag", "journal", "shell", "404")
SEALED = ("page", "member-home", "campaign")
TEMPLATES = (*(f"site/{name}.html" for name in DOCUMENTS), *(f"site/sealed/{name}.html" for name in SEALED))
MESSAGES = {
    *("opening", "slow", "insecure", "file", "old-browser", "bad-character", "bad-length", "bad-check", "unknown-code"),
    *("bad-passphrase", "short-passphrase", "no-access", "tampered", "stale", "aged", "storage", "offline"),
    *("logged-out", "remembered", "passphrase-set", "unexpected"),
}
RUNTIME = THEMES.parent / "sitegen" / "protect" / "runtime"
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Elements(HTMLParser):
    """Every element of a document with its attributes, and whether each closing tag met its opening one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.misnested: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)

    def with_attribute(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.found if name in attributes]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("page", [PAGE, BARE_PAGE], ids=["full page", "bare page"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_template_fills_with_full_and_with_bare_views(
    render: Render, template: str, page: object, language: str
) -> None:
    site = replace(SITE, dev=False, language=language)
    elements = Elements(render(template, language, page=page, site=site, items=(), teasers=(), menu=()))
    assert (elements.misnested, elements.open) == ([], [])
    assert "h1" in [tag for tag, _ in elements.found]


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_holds_inline_style_or_script_or_an_address_elsewhere(render: Render, template: str) -> None:
    elements = Elements(render(template))
    assert [tag for tag, _ in elements.found if tag in {"style", "iframe", "object", "embed", "base"}] == []
    assert [attributes for tag, attributes in elements.found if tag == "script"] in ([], [{"src": SITE.runtime_url}])
    names = {name for _, attributes in elements.found for name in attributes}
    assert [name for name in names if name == "style" or name.startswith("on")] == []
    assert [url for url in elements.with_attribute("src") if not url.startswith("/")] == []
    loaded = [attributes for tag, attributes in elements.found if tag == "link" and attributes["rel"] != "canonical"]
    assert [link["href"] for link in loaded if not link["href"].startswith("/")] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_policy_and_the_runtime_come_before_everything_that_loads(render: Render, name: str) -> None:
    elements = Elements(render(f"site/{name}.html"))
    head = elements.found[elements.found.index(("head", {})) + 1 :]
    assert head[0] == ("meta", {"charset": "utf-8"})
    assert head[1] == ("meta", {"http-equiv": "Content-Security-Policy", "content": SITE.csp})
    assert head[2] == ("script", {"src": SITE.runtime_url})


@pytest.mark.parametrize(
    ("name", "role"),
    [("home", "door"), ("shell", "shell"), *((name, "public") for name in DOCUMENTS if name not in {"home", "shell"})],
)
def test_each_page_says_its_role_and_ships_locked(render: Render, name: str, role: str) -> None:
    html = next(attributes for tag, attributes in Elements(render(f"site/{name}.html")).found if tag == "html")
    assert html == {"lang": "en", "data-sg-page": role, "data-sg-state": "locked"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_page_has_one_message_place_a_member_menu_and_all_messages(render: Render, name: str) -> None:
    elements = Elements(render(f"site/{name}.html"))
    assert elements.with_attribute("data-sg").count("message") == 1
    assert {"menu", "logout"} <= set(elements.with_attribute("data-sg"))
    assert set(elements.with_attribute("data-sg-message")) == MESSAGES
    assert len(elements.with_attribute("data-sg-message")) == len(MESSAGES)


PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")


def test_every_refusal_of_the_runtime_has_its_message() -> None:
    source = "\n".join(path.read_text("utf-8") for path in sorted(RUNTIME.glob("*.js")))
    refusals = set(re.findall(r'Refusal\("([a-z-]+)"', source))
    # The runtime says "tampered" where something is missing.
    assert refusals - {"missing"} <= MESSAGES
    assert refusals


def test_the_door_asks_for_a_code_in_a_field_that_nothing_remembers(render: Render) -> None:
    found = Elements(render("site/home.html")).found
    code = next(attributes for tag, attributes in found if attributes.get("name") == "code")
    expected = {"type": "text", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    assert expected.items() <= code.items()
    assert code["id"] in [attributes.get("for") for tag, attributes in found if tag == "label"]
    assert set(code["aria-describedby"].split()) <= {attributes.get("id") for _, attributes in found}
    assert "pattern" not in code


def test_ids_occur_once_and_labels_point_to_them(render: Render) -> None:
    for name in DOCUMENTS:
        elements = Elements(render(f"site/{name}.html"))
        ids = elements.with_attribute("id")
        assert sorted(set(ids)) == sorted(ids)
        assert set(elements.with_attribute("aria-labelledby")) <= set(ids)
        assert "content" in ids


def test_the_shell_tells_nothing_about_the_page_that_it_will_hold(render: Render) -> None:
    secret = replace(PAGE, title="Gold evening", description="by lantern light", html=Markup("<p>inside</p>"))
    assert render("site/shell.html", page=secret) == render("site/shell.html", page=BARE_PAGE)


def test_values_are_escaped_and_only_markup_is_not(render: Render) -> None:
    shop = replace(SHOP, name="Lantern <b>& Loom</b>", phone='"1"')
    for template in TEMPLATES:
        rendered = render(template, shop=shop, page=replace(PAGE, title="<i>title</i>"))
        assert "<b>" not in rendered
        assert "<i>" not in rendered
    assert "<p>Linen likes water." in render("site/page.html")


def test_the_sealed_templates_name_only_fields_that_a_member_record_may_hold(render: Render) -> None:
    from sitegen.model.channel import Channel  # noqa: PLC0415 - only this test knows fields
    from sitegen.model.field import FORMATS, field  # noqa: PLC0415

    keys = {key for template in TEMPLATES for key in Elements(render(template)).with_attribute("data-sg-field")}
    assert {"first_name", "tier", "points|number", "adviser_name"} <= keys
    for key in keys:
        name, _, format_name = key.partition("|")
        known = field(name)
        assert known is not None, key
        assert Channel.PAGE in known.channels, key
        assert not format_name or known.kind in FORMATS[format_name], key


def test_all_languages_have_the_same_words_and_use_them_all(theme: Theme) -> None:
    own = {
        language: {key for key in keys if not key.startswith(("mail.", "text.", "receive.", "part.", "work."))}
        for language, keys in theme.strings.items()
    }
    sources = "\n".join(text for path, text in theme.templates.items() if path.startswith("site/"))
    used = set(re.findall(r"""\bt\(["']((?!part\.)[a-z.-]+)["']\)""", sources))
    # The index of tags is named by sitegen itself.
    assert own == dict.fromkeys(("de", "en", "zh"), used | {"tags.title"})
    # Words of the programme's parts are counted and chosen between; `sitegen check` knows whether all are used.
    parts = [{PLURAL.sub("", key) for key in theme.strings[language] if key.startswith("part.")} for language in own]
    assert parts[0] == parts[1] == parts[2]
    # What stands between two words is a space, and in Chinese nothing.
    empty = {key for words in theme.strings.values() for key, word in words.items() if not word.strip()}
    assert empty <= {"space"}


def test_every_static_file_that_a_template_names_is_in_the_theme(theme: Theme) -> None:
    sources = "\n".join(text for path, text in theme.templates.items() if path.startswith("site/"))
    named = set(re.findall(r"""static\(["']([^"']+)["']\)""", sources))
    assert named
    assert named <= set(theme.static)


def test_every_web_font_is_small_licensed_and_used(theme: Theme) -> None:
    fonts = {path: content for path, content in theme.static.items() if path.endswith(".woff2")}
    style = theme.static["static/site.css"].decode()
    assert {Path(path).name for path in fonts} == set(re.findall(r"url\(\.\./fonts/([^)]+)\)", style))
    assert [path for path, content in fonts.items() if len(content) > 60_000] == []
    for family in ("alegreya-sans", "cormorant-garamond"):
        assert "SIL OPEN FONT LICENSE" in theme.static[f"fonts/OFL-{family}.txt"].decode().upper()
