"""Ten named members of the sample shop, and what each sees on 1 October 2026: written by hand from its files.

That day is Gülşen's birthday, the first of the National Day holidays, and the first on which all who hold a card may
read `three-blues`. Quilts and beads lie aside (prices.yaml, 17 September to 17 October), newcomers have a price
(1 September to 31 December), the gathering in Hamburg is over (26 September) and the one in Shanghai is to come
(14 November). No quiet month: the summer's has closed on 31 August, New Year's opens on 27 December.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

TODAY = date(2026, 10, 1)

# Names of goods, to read the table by: of these the table says what each member pays, or that they are not shown.
DUVET_COVER, CASHMERE, AUTUMN_MOON, AGARWOOD, GIFT_BOX, CUSHION = "P-003", "P-010", "P-042", "P-038", "P-040", "P-016"
SILK_QUILT, BEADS_108 = "P-021", "P-031"
NOT_SHOWN = None

# 2 and 5 per cent off 189.00, 249.00, 359.00, 1280.00 and 39.00; the gift box costs 18.00 in every circle. Cashmere and
# agarwood are kept for Gold until 17 October, and so is the Autumn Moon quilt, that one for `satisfied` too. Since
# 15 September the silk quilt costs 319.00 (299.00 before), the beads 148.00 (168.00 before): price_changes.csv.
LINEN_PRICES = {
    DUVET_COVER: "189.00",
    CASHMERE: NOT_SHOWN,
    AUTUMN_MOON: NOT_SHOWN,
    AGARWOOD: NOT_SHOWN,
    GIFT_BOX: "18.00",
    CUSHION: "39.00",
    SILK_QUILT: "319.00",
    BEADS_108: "148.00",
}
SILVER_PRICES = {**LINEN_PRICES, DUVET_COVER: "185.22", CUSHION: "38.22", SILK_QUILT: "312.62", BEADS_108: "145.04"}
GOLD_PRICES = {
    DUVET_COVER: "179.55",
    CASHMERE: "236.55",
    AUTUMN_MOON: "341.05",
    AGARWOOD: "1216.00",
    GIFT_BOX: "18.00",
    CUSHION: "37.05",
    SILK_QUILT: "303.05",
    BEADS_108: "140.60",
}

TEA_TIN, POUCH, SACHETS = "A tin of tea", "A silk pouch for your beads", "Lavender sachets, three"
CUPS, TOWEL = "A pair of cups from a potter in Delft", "A linen towel"
LOOM = "An hour at the slow loom, with somebody beside you"
RESTRUNG = "A strand of beads, restrung and polished, for somebody you love"
ALL_GIFTS = (TEA_TIN, POUCH, SACHETS, CUPS, TOWEL, LOOM, RESTRUNG)

TABLE_OF_TWELVE, BEADS = "A table of twelve", "Your beads, restrung"
BIRTHDAY_EXTRA, BIRTHDAY_TEA = "Something on top, for your birthday", "A pot of tea for two on your birthday"
NATIONAL_DAY, MOTHERS_DAY = "Rest for the holidays", "Carnations for Mother’s Day"
ALL_BENEFITS = frozenset({TABLE_OF_TWELVE, BEADS, BIRTHDAY_EXTRA, BIRTHDAY_TEA, NATIONAL_DAY, MOTHERS_DAY})

# What all may choose; Silver and Gold pay on account too, and Gold a fifth now.
THREE_PARTS, ADVANCE, ACCOUNT, A_FIFTH = "In three parts", "Before we cut", "On account", "A fifth now"
FOR_ALL = frozenset({THREE_PARTS, ADVANCE})
YEAR_OF_LINEN = "A year of linen"

LINEN_CARE, WOOL, SILK, BEADS_CARE, QUILTS = "care/linen", "care/wool", "care/silk", "care/beads", "care/quilts"
ALL_CARE = frozenset({LINEN_CARE, WOOL, SILK, BEADS_CARE, QUILTS})

SHANGHAI = "E-2026-4"
NEST, FLOOR = "Making the nest", "Down on the floor"
ALL_STAGES = frozenset(
    {"Somebody is on the way", NEST, "The first nights", FLOOR, "Pulling itself up", "A bed of its own"}
)

# Pages for one tier alone, and for parents, by their titles in the menu.
DRAWER, FRAME, THANKS = "In the drawer with the brass key", "A day in the quilting room", "Two small things for Silver"
GOLD_PAGES, SILVER_PAGES = frozenset({DRAWER, FRAME}), frozenset({THANKS})
PARENTS_PAGES = frozenset({"For the smallest of the house"})
CIRCLE_PAGES = frozenset({"Your circle"})


@dataclass(frozen=True, slots=True)
class Sees:
    """What a member sees; products by number, care pages by their addresses. Amounts as they stand on a page."""

    name: str
    tier: str
    adviser: str
    points: int
    gifts: tuple[str, ...]
    next_gift: str
    missing: int | None
    prices: Mapping[str, str | None]
    benefits: frozenset[str]
    care: frozenset[str] = frozenset()
    suggestions: frozenset[str] = frozenset()
    next_tier: str = ""
    to_next_tier: str = ""
    gatherings: frozenset[str] = frozenset()
    coming: str = ""
    circle: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    coupons: tuple[str, ...] = ()
    newcomer_prices: Mapping[str, str] = field(default_factory=dict)
    contracts: frozenset[str] = frozenset()
    payment: frozenset[str] = FOR_ALL
    kept_prices: bool = False
    own_pages: frozenset[str] = frozenset()
    language: str = "en"


def gold(**more: Any) -> dict[str, Any]:
    """What all Gold members share."""
    payment = frozenset({*FOR_ALL, ACCOUNT, A_FIFTH})
    return {
        "tier": "Gold",
        "prices": GOLD_PRICES,
        "contracts": frozenset({YEAR_OF_LINEN}),
        "payment": payment,
        # Gold members are guests of the house, and the gathering in Shanghai is for these.
        "gatherings": frozenset({SHANGHAI}),
        "own_pages": GOLD_PAGES,
        **more,
    }


def silver(**more: Any) -> dict[str, Any]:
    """What all Silver members share."""
    return {
        "tier": "Silver",
        "next_tier": "Gold",
        "prices": SILVER_PRICES,
        "contracts": frozenset({YEAR_OF_LINEN}),
        "payment": frozenset({*FOR_ALL, ACCOUNT}),
        "own_pages": SILVER_PAGES,
        **more,
    }


def linen(**more: Any) -> dict[str, Any]:
    """What all Linen members share."""
    return {"tier": "Linen", "next_tier": "Silver", "prices": LINEN_PRICES, **more}


MEI, JONAS, ANNA, HENDRIK, GRAZYNA = "C-00001", "C-00002", "C-00672", "C-00150", "C-00005"
XIAOYAN, GUELSEN, SABINE, SHIHAN, OEVREBOE = "C-00007", "C-00391", "C-00244", "C-00505", "C-00963"

TABLE: Mapping[str, Sees] = {
    # Gold, in Shanghai, and reads English. Her orders come to 7298.01. Her birthday (24 September) was open until the
    # 30th. Who reads English is not in at-home-in-china. Invited to Shanghai, she has not answered yet. At the
    # calligraphy in February she let others know of her, as ten of these did. 688 points of her last order wait. Her
    # last word in stars is a single one (18 July): no suggestions, with all that she has.
    MEI: Sees(
        **gold(
            name="Mei Lin",
            adviser="沈月",
            points=1372,
            gifts=(TEA_TIN, POUCH, SACHETS, CUPS),
            next_gift=TOWEL,
            missing=128,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS}),
            care=ALL_CARE,
            circle=frozenset(
                {*("林雅婷", "周少华", "蒋浩然", "杜建国", "陈倩", "彭德明", "蒋琳", "陈涛", "萧倩", "司马艳")}
            ),
            own_pages=GOLD_PAGES | CIRCLE_PAGES,
        )
    ),
    # Silver with 1104.34, in Hamburg; his birthday is tomorrow. Four stars in June. He has the sheet and the bed set
    # (no pillowcases), the plaid (no plum cushion; cashmere is kept for Gold), and the long cloth (no runner). He has
    # no quilt, so that he hears of no new one. His profit of a year, 97.84, makes him no guest of the house.
    JONAS: Sees(
        **silver(
            name="Jonas Brandt",
            adviser="Wiebke Petersen",
            to_next_tier="1895.66",
            points=501,
            gifts=(TEA_TIN,),
            next_gift=POUCH,
            missing=99,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS}),
            care=frozenset({LINEN_CARE, WOOL}),
            suggestions=frozenset({"P-002", "P-014", "P-028"}),
        )
    ),
    # Linen with 412.00, and a coupon until 5 December. Five stars in May, three orders. She has the down quilt: a cover
    # goes with it, mulberry silk is finer. The new Autumn Moon quilt is kept for others: nobody asked her in a survey.
    ANNA: Sees(
        **linen(
            name="Anna Schäfer",
            adviser="Emre Yıldız",
            to_next_tier="588.00",
            points=412,
            gifts=(TEA_TIN,),
            next_gift=POUCH,
            missing=188,
            benefits=frozenset({TABLE_OF_TWELVE}),
            care=frozenset({LINEN_CARE, QUILTS, SILK}),
            suggestions=frozenset({"P-003", "P-021"}),
            coupons=("SACHET-38",),
        )
    ),
    # He never ordered: 5 per cent off cushions and table linen. His coupon ended on 15 September.
    HENDRIK: Sees(
        **linen(
            name="Hendrik Vos",
            adviser="Łukasz Zieliński",
            to_next_tier="1000.00",
            points=0,
            gifts=(),
            next_gift=TEA_TIN,
            missing=400,
            benefits=frozenset({TABLE_OF_TWELVE}),
            newcomer_prices={
                "P-014": "42.75",
                "P-015": "75.05",
                "P-016": "37.05",
                "P-017": "33.25",
                "P-018": "61.75",
                "P-019": "56.05",
                "P-026": "141.55",
                "P-027": "51.30",
                "P-028": "39.90",
                "P-029": "45.60",
                "P-030": "179.55",
            },
        )
    ),
    # Silver with 2615.00, and a mother: Hanna came on 21 March, so that six months are full. Her profit of a year,
    # 1053.60, is more than Mei's (981.45), who is a gold-medal customer: a guest of the house too. 2044 points wait.
    # Five stars in March. The plum cushion goes with her plaid, 108 beads are finer than her bracelet; cashmere and the
    # new quilt are kept for others.
    GRAZYNA: Sees(
        **silver(
            name="Grażyna Zielińska",
            adviser="Emre Yıldız",
            to_next_tier="385.00",
            points=475,
            gifts=(TEA_TIN,),
            next_gift=POUCH,
            missing=125,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS}),
            care=ALL_CARE,
            suggestions=frozenset({"P-014", "P-031"}),
            stages=frozenset({FLOOR}),
            own_pages=SILVER_PAGES | PARENTS_PAGES,
            gatherings=frozenset({SHANGHAI}),
        )
    ),
    # Gold with 9758.07, at home in Wuxi, reads Chinese, ordered in August: National Day is hers. Her child is due on
    # 22 November, in 52 days: the ninth month of 28 days, the second last before the birth. Four stars in July. The
    # bed set (P-007) came back in 2024, so that she does not have it; nor the plum cushion, the light silk quilt and
    # the runner. The Autumn Moon quilt is new, of a kind that she has, and she is Gold.
    XIAOYAN: Sees(
        **gold(
            name="姚晓燕",
            adviser="唐志远",
            points=6972,
            gifts=ALL_GIFTS,
            next_gift="",
            missing=None,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS, NATIONAL_DAY}),
            care=ALL_CARE,
            suggestions=frozenset({"P-007", "P-014", "P-021", "P-028", "P-042"}),
            stages=frozenset({NEST}),
            own_pages=GOLD_PAGES | PARENTS_PAGES,
            language="zh",
        )
    ),
    # Gold with 5407.90, in İzmir, and it is her birthday. Three stars in May are neither good nor bad: no suggestions.
    GUELSEN: Sees(
        **gold(
            name="Gülşen Çetin",
            adviser="Fenna van der Meer",
            points=3385,
            gifts=ALL_GIFTS,
            next_gift="",
            missing=None,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS, BIRTHDAY_EXTRA, BIRTHDAY_TEA}),
            care=ALL_CARE,
        )
    ),
    # Linen with 132.00; her complaint of 1 September waits for an answer, so that nothing is suggested to her.
    SABINE: Sees(
        **linen(
            name="Sabine Petersen",
            adviser="Emre Yıldız",
            to_next_tier="868.00",
            points=79,
            gifts=(),
            next_gift=TEA_TIN,
            missing=321,
            benefits=frozenset({TABLE_OF_TWELVE}),
            care=frozenset({LINEN_CARE, SILK}),
        )
    ),
    # Gold with 5831.04, at home in Shanghai, reads Chinese, ordered in August; she has said yes to the gathering. Five
    # stars in August. All that goes with what she has is hers already, but for the new quilt.
    SHIHAN: Sees(
        **gold(
            name="丁诗涵",
            adviser="陆文",
            points=1124,
            gifts=(TEA_TIN, POUCH, SACHETS),
            next_gift=CUPS,
            missing=76,
            benefits=frozenset({TABLE_OF_TWELVE, BEADS, NATIONAL_DAY}),
            care=ALL_CARE,
            suggestions=frozenset({"P-042"}),
            coming=SHANGHAI,
            language="zh",
        )
    ),
    # Silver with 1316.00 by one order that stands, a wholesaler, and content: 4.2 in the summer's survey. That opens
    # the Autumn Moon quilt, at Silver's price. One order is too few for suggestions. Her profit of a year, 556.00,
    # makes her no guest of the house: four fifths of all are brought by those who brought 745.15 and more.
    OEVREBOE: Sees(
        **silver(
            name="Øvrebø",
            adviser="Emre Yıldız",
            to_next_tier="1684.00",
            points=716,
            gifts=(TEA_TIN, POUCH),
            next_gift=SACHETS,
            missing=184,
            prices={**SILVER_PRICES, AUTUMN_MOON: "351.82"},
            benefits=frozenset({TABLE_OF_TWELVE, BEADS}),
            care=frozenset({QUILTS}),
            kept_prices=True,
        )
    ),
}
