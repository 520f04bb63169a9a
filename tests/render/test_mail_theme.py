"""The mail templates of the default theme: readable by day and by night, in every language of the theme."""

import re

import pytest
import yaml

from tests.render.mail_shop import HEARTH, hearth

STYLE = (HEARTH / "mail/mail.css").read_text("utf-8")
DAY, _, NIGHT = STYLE.partition("@media (prefers-color-scheme: dark)")
PAIRS = [
    ("words", "sheet"), ("closing", "sheet"), ("title", "sheet"), ("shop-name", "sheet"), ("day", "sheet"),
    ("signature", "sheet"), ("signature-words", "sheet"), ("words a", "sheet"), ("more-link", "sheet"),
    ("words a", "words .for-some"),
    ("words", "words .for-some"), ("words h2", "sheet"), ("words blockquote", "sheet"), ("words th", "sheet"),
    ("words .picture-words", "sheet"), ("words img", "sheet"), ("more", "sheet"), ("band-name", "band"),
    ("words a.button", "words a.button"), ("words h1", "sheet"), ("words h3", "sheet"), ("words h4", "sheet"),
    ("small-words", "ground"), ("band-link", "band"), ("band-words", "band"),
    ("action-link", "action-cell"), ("words .caption", "sheet"), ("words .caption p", "sheet"),
    ("words .quoted", "sheet"), ("words .note-title", "words .note-box"), ("words", "words .note-box"),
    ("words a", "words .note-box"),
]  # fmt: skip

PORTRAIT = '<img class="face" src="{{ adviser.photo_url }}" alt="" width="72" height="72"'


def colour(selector: str, attribute: str, style: str) -> str | None:
    found = None
    for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        names = [name.strip() for name in re.sub(r"/\*.*?\*/", "", selectors, flags=re.DOTALL).split(",")]
        value = re.search(rf"(?:^|[; ]){attribute}: (#[0-9A-F]{{6}})", rules)
        if f".{selector}" in names and value:
            found = value[1]
    return found


def luminance(value: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("light", ["day", "night"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_every_text_stands_out_from_its_ground(words: str, ground: str, light: str) -> None:
    style = DAY if light == "day" else NIGHT
    text = colour(words, "color", style) or colour(words, "color", DAY)
    behind = colour(ground, "background-color", style) or colour(ground, "background-color", DAY)

    assert text
    assert behind
    high, low = sorted((luminance(text), luminance(behind)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_word_of_the_templates_exists_in_both_languages() -> None:
    theme = hearth()
    own = (source for path, source in theme.templates.items() if not path.startswith("mail/programme/"))
    used = {key for source in own for key in re.findall(r't\("([^"]+)"', source)}

    assert used
    for language in ("en", "zh"):
        assert used <= theme.strings[language].keys()
    assert theme.strings["en"].keys() == theme.strings["zh"].keys()


def test_parts_of_the_programme_say_in_mails_what_they_say_on_pages() -> None:
    sources = [source for path, source in hearth().templates.items() if path.startswith("mail/programme/")]
    used = {key for source in sources for key in re.findall(r't\("([^"]+)"\)', source)}
    assert len(used) > 50
    for language in ("de", "en", "zh"):
        words = yaml.safe_load((HEARTH / f"locale/{language}.yaml").read_text("utf-8"))
        assert used <= words.keys()


def test_no_template_fetches_anything_but_the_adviser_s_picture() -> None:
    for source in hearth().templates.values():
        assert not re.search(r"<(script|link|iframe)\b|@import|url\(", source)
        assert re.findall(r"<img\b[^>]*", source) in ([], [PORTRAIT])


def test_every_text_that_has_a_colour_of_its_own_is_looked_at() -> None:
    coloured = {
        name.strip()
        for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", DAY, flags=re.DOTALL))
        if re.search(r"(?:^|[; ])color: #", rules)
        for name in selectors.split(",")
    }

    assert coloured - {f".{words}" for words, _ in PAIRS} == {".preheader"}
