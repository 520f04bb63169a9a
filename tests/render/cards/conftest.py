"""The designs of the theme as the content room reads them, and two customers to write to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.printing import PrintFile
from tests.render.cards.pressing import print_file

ROOT = Path(__file__).parents[3]
INSTANT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
LINK = "https://members.lanternandloom.example/#ABCDEFGHJKMNPQRSTVWXYZ012345"
CODE = "ABCD EFGH JKMN PQRS TVWX YZ01 2345"

SIXTY_WORDS = (
    "<p>tonight the moon stands over the loom house, and we thought of you. The indigo throw that you chose last "
    "autumn will be soft by now; lay it over your knees, pour the tea, and let the evening be long.</p>"
    "<p>A small osmanthus sachet waits for you at our counter. <em>Come when you like, we keep it for you.</em> "
    "With warm thoughts.</p>"
)
HANZI = (
    "<p>今晚月色正好，想起去年秋天您在店里挑的那床靛蓝薄毯，如今该是越用越软了。泡一壶热茶，盖上它，陪家人慢慢说说话吧。天凉了，夜里请记得添衣。</p>"
    "<p>我们为您留了一只桂花香囊，放在柜台里，哪天路过都可以来取。愿您和家人花好月圆，平安喜乐，岁岁年年都有人等您回家吃饭，一起看月亮慢慢升起来。</p>"
)

LATIN = Card(
    record=1,
    customer_id="c0001",
    name="Łucja Ørsted-Nuñez Größe-Ağaoğlu Kőszeghyș",
    lines=("12 Harbour Street", "Bristol BS1 4RN"),
    greeting=SIXTY_WORDS,
    link=LINK,
    code=CODE,
    adviser="Ingrid Halvorsen",
    adviser_title="your linen adviser",
    adviser_phone="+44 20 7946 0102",
    store="Harbour Street",
    shop="Lantern & Loom",
    hotline="0800 555 0199",
    language="en",
    tier="Gold",
    since="12 March 2019",
    giver="Grandmother Wilhelmina and Jørgen",
    shop_lines=("Lantern & Loom", "Große Bergstraße 41", "22767 Hamburg", "Germany"),
    site="lanternandloom.example",
    country="GB",
)
CHINESE = replace(
    LATIN,
    record=2,
    customer_id="c0002",
    name="欧阳晓明",
    lines=("上海市黄浦区豫园路 8 号", "200010"),
    greeting=HANZI,
    link=LINK[:-1] + "6",
    adviser="林秀英",
    adviser_title="您的家纺顾问",
    store="豫园店",
    shop="灯与织 Lantern & Loom",
    language="zh-CN",
    tier="金卡会员",
    since="2019 年 3 月 12 日",
    giver="外婆和小姨",
    shop_lines=("灯与织 Lantern & Loom", "上海市黄浦区豫园路 8 号", "200010"),
    country="CN",
)


@pytest.fixture(scope="session")
def designs() -> dict[str, CardDesign]:
    problems: list[Problem] = []
    theme = read_theme(ROOT / "themes" / "hearth", ROOT, problems)
    assert problems == []
    return {design.name: design for design in theme.designs}


@pytest.fixture(scope="session")
def design(designs: dict[str, CardDesign]) -> CardDesign:
    return designs["moon-rabbit"]


@pytest.fixture(scope="session")
def latin() -> Card:
    return LATIN


@pytest.fixture(scope="session")
def chinese() -> Card:
    return CHINESE


@pytest.fixture(scope="session")
def instant() -> datetime:
    return INSTANT


@pytest.fixture(scope="session")
def printed(designs: dict[str, CardDesign]) -> dict[str, PrintFile]:
    """Both customers' cards in every design of the theme, by its name; a design is printed when it is asked for."""
    return _Printed(designs)


class _Printed(dict[str, PrintFile]):
    def __init__(self, designs: dict[str, CardDesign]) -> None:
        super().__init__()
        self._designs = designs

    def __missing__(self, name: str) -> PrintFile:
        self[name] = print_file(self._designs[name], (LATIN, CHINESE), "Sample", INSTANT)
        return self[name]
