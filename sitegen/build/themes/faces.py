"""Find fonts that a theme brings along without saying by which licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.build.themes.finding import Finding, bad
from sitegen.content.folder import read_text
from sitegen.content.theme_folders import Laid, ThemeFolder

FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)", re.IGNORECASE)
FONTS = (".woff2", ".woff", ".ttf", ".otf")


def check_faces(own: ThemeFolder, laid: Laid) -> Iterator[Finding]:
    """Families that a stylesheet of the theme loads and theme.yaml does not name, and licences that are not there."""
    about = f"themes/{own.name}/theme.yaml"
    for font in own.about.fonts:
        if font.text not in laid.top:
            message = f"the licence of '{font.family}' is not in the theme: '{font.text}'"
            hint = "licences like the OFL ask that their words travel with the font"
            yield bad(font.place.file, "missing-file", message, hint, font.place.line)
    named = {font.family.lower() for folder in laid.folders for font in folder.about.fonts}
    for path in own.paths:
        if path.endswith(".css") and path.startswith(("static/", "cards/", "receiver/")):
            for family in sorted(set(FACE.findall(read_text(own.folder / path, laid.root)))):
                # A face of a family may have a name of its own: Jost Medium.
                if not any(f"{family.strip().lower()} ".startswith(f"{one} ") for one in named):
                    message = f"nobody says by which licence '{family.strip()}' may be used"
                    hint = "add it to 'fonts' in theme.yaml, with family, licence and text"
                    yield bad(f"themes/{own.name}/{path}", "font-without-licence", message, hint)
    if not own.about.fonts and any(path.endswith(FONTS) for path in own.paths):
        message = "the theme brings fonts along, and names none of them"
        yield bad(about, "font-without-licence", message, "add 'fonts' with family, licence and text")
