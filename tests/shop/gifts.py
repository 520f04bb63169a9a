"""Presents that customers of the sample shop send to others: near and far, with words of their own and without."""

from __future__ import annotations

from tests.shop.places import Row

_NAMES = ("gift_id", "customer_id", "asked_on", "send_on", "giver_name", "language", "wrapping", "recipient_name",
          "street", "city", "postcode", "region", "country", "words")  # fmt: skip
_GIFTS = """
G-001|C-00002|2026-04-20|2026-05-08|Jonas|en|round tin, grey paper|Helga Brandt|Rosenweg 12|Lübeck|23552|\
Schleswig-Holstein|DE|For your garden table, Mama, and for all the breakfasts there.
G-002|C-00001|2026-09-02|2026-09-25|Mei|en|lantern box, crane paper, red ribbon|Charlotte Weidenfeld|\
Am Mühlenteich 5|Hamburg|22303|Hamburg|DE|Dear Lotte, you carried my boxes up four flights in August and would not \
even sit down. Now you have something warm to sit down with.
G-003|C-00001|2026-09-02|2026-09-25|美|zh|lantern box, crane paper, red ribbon|林若兰|桂花街18号302室|苏州市|215004|\
江苏|CN|妈妈，中秋我回不来。夜里凉了，就让这条毯子替我陪着您。
G-004|C-00010|2026-09-08|2026-09-14|王婷|zh|silk pouch|白云飞|西湖路27号|杭州市|310013|浙江|CN|
G-005|C-00005|2026-08-29|2026-10-05|Grażyna and Paweł|en|wooden box, no ribbon|Noémie Béranger|17 rue des Tisserands|\
Lille|59800|Hauts-de-France|FR|
G-006|C-00003|2026-09-05|2026-09-29|your godmother Renate|en|crane paper, blue ribbon|Freja Højlund||København|2100|\
Hovedstaden|DK|Happy first winter in your own four walls, Freja!
G-007|C-00002|2026-09-04|2026-12-18|Jonas and Lena|en|lantern box, fir twig|Theo Brandt|Kirchgasse 3|Bremen|28195|\
Bremen|DE|Merry Christmas, little brother. The other half of the quilt is on our sofa.
"""
"""Day by day in the sample month: the second and third lie in boxes of one day, the fourth was asked for late, the
sixth lacks a street."""


def gifts(orders: list[Row]) -> list[Row]:
    """Seven; in each lies what the giver bought last before."""
    rows = [dict(zip(_NAMES, line.split("|"), strict=True)) for line in _GIFTS.strip().splitlines()]
    return [{**row, "order_id": _last(orders, row["customer_id"], row["asked_on"])} for row in rows]


def _last(orders: list[Row], customer: str, day: str) -> str:
    return [row["order_id"] for row in orders if row["customer_id"] == customer and row["ordered_at"] <= day][-1]
