"""The card that every engine makes in the bench: its design, its three greetings, and customers without end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.card import Box, Card, CardDesign, Side, Slot

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "themes/hearth/fonts/print"
LATIN_FONT, HAN_FONT = FONTS / "EBGaramond-Regular.ttf", FONTS / "HearthKai-Regular.ttf"
TITLES = {"en": "The moon is round tonight", "zh": "中秋快乐"}
GREETINGS = {
    "moon": (
        "Tonight the moon is the same over every roof. May someone you love sit close to share the last mooncake.",
        "A small osmanthus sachet waits for you at our counter. Come when you like, we keep it for you.",
    ),
    "linen": (
        "The linen that you chose in spring will be soft by now. Lay it over the long table, and let it be evening.",
        "If a seam has come loose over the years, bring it to us: mending is on the house for you, today and always.",
    ),
    "zh": (
        "今晚月色正好，想起去年秋天您在店里挑的那床靛蓝薄毯，如今该是越用越软了。泡一壶热茶，陪家人慢慢说说话吧。",
        "我们为您留了一只桂花香囊，放在柜台里，哪天路过都可以来取。愿您和家人花好月圆，平安喜乐。",
    ),
}
"""Two greetings in English, one in Chinese: paragraphs."""
DOOR = "https://members.lanternandloom.example/#"
TITLE = Slot("title", Box(Side.FRONT, 8, 132.6, 89, 5.6), (14,), one_line=True)
NAME = Slot("name", Box(Side.BACK, 11, 22, 83, 8), (15,), one_line=True)
GREETING = Slot("greeting", Box(Side.BACK, 11, 35, 83, 56), (12,))
CODE = Slot("code", Box(Side.BACK, 61, 123, 34, 7), (6.8,), one_line=True)
LEADING, HAN_LEADING, PARAGRAPH = 1.42, 1.68, 0.55
"""Line heights of a greeting in its type size, and the space between its paragraphs."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIRST = """
Anna Łukasz Zoë Jürgen Mei Ingrid Sönke Tomás Béatrice Wilhelmina Ada Ben Clara David Edda Finn Greta
Hannes Ida Jonas Klara Leif Mara Niels Olga Paul Rosa Søren Tilda Uwe
""".split()  # noqa: SIM905 - thirty quoted names read worse
_LAST = """
Kowalczyk Bergen Müller Brandt O’Neill Halvorsen Nuñez Großmann Ørsted Petersen Lindqvist Fischer Weber
Costa Dubois Eriksen Ferrari Gruber Hoffmann Ivanova Jansen Keller Lorenz Meyer Novák Olsen Peeters
Richter Šimek Tóth Urban Vogel Winkler Young Zimmer
""".split()  # noqa: SIM905 - as above
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "明华伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰春梅玉海云"
_STYLE = """
@font-face { font-family: "EB Garamond"; src: url(fonts/EBGaramond-Regular.ttf) }
@font-face { font-family: "Hearth Kai"; src: url(fonts/HearthKai-Regular.ttf) }
html { font-family: "EB Garamond", "Hearth Kai" }
.slot-title, .slot-code { text-align: center; line-height: 1.25 }
.slot-title { color: device-cmyk(2% 10% 40% 0%) }
.slot-name { line-height: 1.1 }
.slot-greeting { line-height: 1.42 }
:lang(zh) .slot-greeting { line-height: 1.68 }
.slot-greeting p + p { margin-top: 0.55em }
"""
_TEMPLATE = """
{% call page("front") %}
  {% call slot("title") %}{{ "中秋快乐" if card.language == "zh" else "The moon is round tonight" }}{% endcall %}
{% endcall %}
{% call page("back") %}
  {% call slot("name") %}{{ card.name }}{% endcall %}
  {% call slot("greeting") %}{{ greeting }}{% endcall %}
  {% call slot("code") %}{{ card.code[:19] }}<br>{{ card.code[20:] }}{% endcall %}
{% endcall %}
"""


@dataclass(frozen=True, slots=True)
class Person:
    """What is written on one card: `greeting` is a key of GREETINGS, `code` two lines."""

    record: int
    name: str
    greeting: str
    code: tuple[str, str]
    link: str

    @property
    def language(self) -> str:
        """The language of the card."""
        return "zh" if self.greeting == "zh" else "en"


def people(first: int, last: int) -> Iterator[Person]:
    """The customers with these record numbers: names and codes that no other has, a third of them Chinese."""
    for record in range(first, last + 1):
        chance = random.Random(record)
        greeting = tuple(GREETINGS)[record % len(GREETINGS)]
        code = "".join(chance.choices(_ALPHABET, k=28))
        groups = [code[start : start + 4] for start in range(0, 28, 4)]
        name = _chinese(record // 3) if greeting == "zh" else _european(record - record // 3)
        yield Person(record, name, greeting, (" ".join(groups[:4]), " ".join(groups[4:])), DOOR + code)


def card(person: Person) -> Card:
    """A customer's card as sitegen takes it."""
    return Card(
        record=person.record,
        customer_id=f"C-{person.record:06d}",
        name=person.name,
        lines=(),
        greeting="".join(f"<p>{paragraph}</p>" for paragraph in GREETINGS[person.greeting]),
        link=person.link,
        code=" ".join(person.code),
        adviser="",
        adviser_title="",
        adviser_phone="",
        store="",
        shop="",
        hotline="",
        language=person.language,
    )


@cache
def design() -> CardDesign:
    """Art, size and code of the theme's moon rabbit; four texts, each in one size."""
    problems: list[Problem] = []
    theme = read_theme(ROOT / "themes/hearth", ROOT, problems)
    assert problems == []
    (whole,) = (one for one in theme.designs if one.name == "moon-rabbit")
    assert whole.qr
    kept = {LATIN_FONT.name, HAN_FONT.name, *whole.art.values()}
    files = {path: content for path, content in whole.files.items() if Path(path).name in kept}
    slots = (TITLE, NAME, GREETING, CODE)
    return replace(whole, name="bench", template=_TEMPLATE, style=_STYLE, files=files, slots=slots)


def _european(number: int) -> str:
    number, first = divmod(number, len(_FIRST))
    initial, last = divmod(number, len(_LAST))
    return f"{_FIRST[first]} {_initials(initial)}{_LAST[last]}"


def _initials(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number, 26)
        letters += f"{chr(65 + letter)}. "
    return letters


def _chinese(number: int) -> str:
    number, surname = divmod(number, len(_SURNAMES))
    second, first = divmod(number, len(_GIVEN))
    return _SURNAMES[surname] + _GIVEN[first] + _GIVEN[second % len(_GIVEN)]
