"""Find files of a theme that nothing asks for: misspelt overrides, and static files that no page loads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from sitegen.build.themes.finding import Finding, bad, odd
from sitegen.content.theme_check import LAYOUT, SITE
from sitegen.content.theme_files import TEMPLATE_FOLDERS
from sitegen.content.theme_folders import Laid, ThemeFolder
from sitegen.model.channel import Kind, MessageClass
from sitegen.model.theme import Theme
from sitegen.programme.parts.registry import NAMES
from sitegen.render.parts import cell_template, template

ASKED = frozenset(
    (
        *SITE,
        "site/tags.html",
        "site/site.webmanifest",
        "site/sealed/staff.html",
        "mail/plain.html",
        *(f"mail/{name}.html" for name in (*MessageClass, *Kind)),
        *(name(channel, part) for name in (template, cell_template) for channel in ("site", "mail") for part in NAMES),
        *(
            f"work/{name}"
            for name in (
                "cases.html",
                "complaints.html",
                "day.html",
                "day_print.html",
                "dossier.html",
                "index.html",
                "print.css",
                "register.html",
                "report-book.css",
                "report-book.html",
                "report.html",
                "reports.html",
                "tokens.css",
                "unowned.html",
            )
        ),
        "receiver/receiver.css",
        *(
            f"receiver/{name}.html"
            for name in (
                *(
                    "unsubscribe",
                    "unsubscribed",
                    "preferences",
                    "complaint",
                    "suggestion",
                    "rsvp",
                    "survey",
                    "result",
                    "step",
                    "thanks",
                    "message",
                ),
            )
        ),
    )
)
"""The templates that sitegen itself asks for."""
SHORTCODES = ("site/shortcodes/", "mail/shortcodes/", "text/shortcodes/")
"""Templates that texts ask for, each by its name."""
TOPS = ("site/", "mail/", "receiver/", "work/", "cards/", "social/", "static/", "fonts/", "locale/")
BESIDE = re.compile(r"(theme\.yaml|preview\.\w+|(README|LICEN[CS]E|CHANGELOG|NOTICE)[\w.-]*)", re.IGNORECASE)
LOCALE = re.compile(r"locale/(\w+\.)?[a-z]{2,3}(-[A-Za-z0-9]+)*\.yaml")


def check_overrides(
    own: ThemeFolder, inherited: Collection[str], theme: Theme, layouts: Collection[str]
) -> Iterator[Finding]:
    """The theme's own files that take no other's place and that nobody reads.

    `inherited`: the parents' paths; `layouts`: the templates that pages of the shop ask for by their `layout`.
    """
    named = "\n".join(theme.reached().values())
    for path in own.paths:
        file = f"themes/{own.name}/{path}"
        if not path.startswith(TOPS):
            if not BESIDE.fullmatch(path):
                hint = _near(path, inherited) or f"a theme's files lie below {', '.join(TOPS)}"
                yield bad(file, "unread-file", f"nothing reads '{path}'", hint)
        elif path in inherited:
            continue
        elif path.startswith(TEMPLATE_FOLDERS):
            asked = path in ASKED or path in layouts or path.startswith(SHORTCODES)
            if not asked and not _is_named(path, named):
                message = f"no page and no template asks for '{path}'"
                near = _near(path, {*inherited, *ASKED})
                if LAYOUT.fullmatch(path) and not near:
                    layout = path.removesuffix(".html").rpartition("/")[2]
                    yield odd(file, "unused-layout", message, f"write 'layout: {layout}' in a page, or delete it")
                else:
                    hint = near or "name it in a template, or delete it"
                    yield bad(file, "override-of-nothing", message, hint)
        elif path.startswith("locale/") and not LOCALE.fullmatch(path):
            yield bad(file, "unread-file", f"'{path}' is no file of words", "name it by its language, like zh.yaml")


def check_static(own: ThemeFolder, theme: Theme, laid: Laid) -> Iterator[Finding]:
    """The theme's own files that are copied to the site, and that no template, stylesheet or theme.yaml names."""
    named = "\n".join(theme.reached().values())
    sheets = "\n".join(laid.text(path) for path in theme.static if path.endswith((".css", ".svg")))
    licences = {font.text for folder in laid.folders for font in folder.about.fonts}
    for path in own.paths:
        if path in theme.static and path not in licences:
            name = path.rpartition("/")[2]
            if path not in named and name not in sheets:
                hint = "name it by static('...') in a template or url(...) in a stylesheet, or delete it"
                yield odd(f"themes/{own.name}/{path}", "unused-file", f"nothing loads '{path}'", hint)


def _is_named(path: str, sources: str) -> bool:
    return f'"{path}"' in sources or f"'{path}'" in sources


def _near(path: str, known: Collection[str]) -> str:
    near = get_close_matches(path, sorted(known), 1, 0.75)
    return f"did you mean '{near[0]}'?" if near else ""
