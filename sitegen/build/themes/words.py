"""Find words that a theme lacks in a language, and words of its own that nothing says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from sitegen.build.themes.finding import Finding, bad, odd
from sitegen.content.theme_files import own_words
from sitegen.content.theme_folders import Laid, ThemeFolder
from sitegen.model.theme import Theme
from sitegen.render.fields import is_language

ASKED = re.compile(r"""\bt\(\s*["']([a-z0-9._-]+)["']\s*[,)]""")
COUNTED = re.compile(r"""\bt\(\s*["']([a-z0-9._-]+)["']\s*,(?!\s*\w+\s*=[^=])""")
"""A key whose word is said in the plural form for a number: `t("part.within.days", 3)`."""
CHOSEN = re.compile(r"""\bt\(\s*["']([a-z0-9._-]+)["']\s+if\s[^"'{}]+\selse\s+["']([a-z0-9._-]+)["']\s*\)""")
"""Two keys of which a template says one: `t("part.care.yours" if mine else "part.care.of")`."""
FORMS = (".zero", ".one", ".two", ".few", ".many", ".other")
BEGUN = re.compile(r"""\bt\(\s*["']([a-z0-9._-]+)["']\s*~""")
"""A key that a template puts together: `t("receive." ~ kind ~ ".title")`."""
ELSEWHERE = ("text.", "receive.", "tags.title", "mail.reason.", "work.report.")
"""Words that sitegen itself says: of texts, of the receiver's answers, above the index of tags, why a mail comes, of
reports (also in a terminal)."""


def check_words(own: ThemeFolder, laid: Laid, theme: Theme, languages: tuple[str, ...]) -> Iterator[Finding]:
    """Missing words by language, and the theme's own words that no template and no parent knows."""
    asked = {key: path for path, source in theme.reached().items() for key in _asked(source)}
    yield from _missing(asked, theme, languages)
    known = {key for folder in laid.folders[1:] for words in own_words(folder, laid.root, []).values() for key in words}
    begun = tuple(start for source in theme.reached().values() for start in BEGUN.findall(source)) + ELSEWHERE
    mine = {code: words for code, words in own_words(own, laid.root, []).items() if is_language(code)}
    for language, words in sorted(mine.items()):
        for key in sorted(set(words) - set(asked) - known):
            if not key.startswith(begun) and _every_number(key) not in asked:
                near = get_close_matches(key, sorted({*asked, *known}), 1, 0.8)
                hint = f"did you mean '{near[0]}'?" if near else "say it with t(...) in a template, or delete it"
                yield odd(_file(own, language), "unused-word", f"nothing says the word '{key}'", hint)
    yield from _half_said(own, mine, known)


def _asked(source: str) -> Iterator[str]:
    """The keys that a template names; of a counted word that of its last form, which every language has."""
    counted = frozenset(COUNTED.findall(source))
    yield from (f"{key}.other" if key in counted else key for key in ASKED.findall(source))
    yield from (key for pair in CHOSEN.findall(source) for key in pair)


def _every_number(key: str) -> str:
    """The key of a counted word's last form, by that of any; "" for another word."""
    base, dot, form = key.rpartition(".")
    return f"{base}.other" if dot + form in FORMS else ""


def _missing(asked: Mapping[str, str], theme: Theme, languages: tuple[str, ...]) -> Iterator[Finding]:
    english = theme.strings.get("en", {})
    for key, path in sorted(asked.items()):
        if key not in english:
            near = get_close_matches(key, sorted(english), 1, 0.8)
            hint = f"did you mean '{near[0]}'?" if near else f"add it to themes/{theme.name}/locale/en.yaml"
            yield bad(theme.file(path), "missing-word", f"the theme has no word for '{key}'", hint)
    for language in languages:
        missing = sorted(key for key in set(asked) & set(english) if key not in theme.strings.get(language, {}))
        if missing:
            some = ", ".join(f"'{key}'" for key in missing[:3]) + (" ..." if len(missing) > 3 else "")
            count = f"{len(missing)} {'word is' if len(missing) == 1 else 'words are'}"
            file = f"themes/{theme.name}/locale/{language}.yaml"
            yield odd(file, "untranslated-word", f"{count} English in '{language}': {some}", "write them there")


def _half_said(own: ThemeFolder, mine: Mapping[str, Mapping[str, str]], known: set[str]) -> Iterator[Finding]:
    """Words that change a parent's in one language only: readers of the other would see two themes in one."""
    for language, words in sorted(mine.items()):
        for other in sorted(set(mine) - {language}):
            missing = sorted((set(words) & known) - set(mine[other]))
            for key in missing:
                message = f"'{key}' is changed in '{language}', and not in '{other}'"
                yield odd(_file(own, other), "half-changed-word", message, "change it there too, if it means the same")


def _file(own: ThemeFolder, language: str) -> str:
    endings = (f"/{language}.yaml", f".{language}.yaml")
    path = next((one for one in own.paths if one.startswith("locale/") and one.endswith(endings)), "")
    return f"themes/{own.name}/{path or f'locale/{language}.yaml'}"
