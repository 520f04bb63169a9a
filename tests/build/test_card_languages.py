"""A card in another language says the shop's own words in it: the circle, the next gift, the store."""

from __future__ import annotations

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from tests.build.conftest import SMALL_SHOP, new_shop

SPOKEN = "languages: [en, zh]\nwords: {zh: {Silver: 银卡会员, The Corner: 街角店, Weaver: 织工}}\n"
PROGRAMME = """\
tiers:
  - {name: Silver, threshold: 500, discount: 2, benefit: Two per cent off}
points:
  since: 2026-01-01
  gifts:
    - {name: tin, points: 400, title: {en: A tin of tea, zh: 一罐茶}}
"""
FRONT = (
    "---\ntitle: Your card\nkind: membership\naudience: newly\nchannels: [card]\non: 2026-09-22\n"
    "card: membership-knot\n"
)
NEWLY = """\
segments:
  newly:
    title: Newly risen
    why: you are one of us now
    all:
      - tier: is Silver
      - tier since: within last 365 days
"""


def test_a_card_says_circle_store_and_next_gift_in_the_language_of_its_campaign(tmp_path: Path) -> None:
    shop = new_shop(tmp_path / "shop", SMALL_SHOP / "content")
    content = shop.root / "content"
    (content / "campaigns" / "autumn-card.md").unlink()
    with (content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(SPOKEN)
    for path, text in {
        "programme/members.yaml": PROGRAMME,
        "segments/newly.yaml": NEWLY,
        "campaigns/card.md": f"{FRONT}language: zh\n---\n{{{{ next_gift }}}}，还差{{{{ points_to_next_gift }}}}分。\n",
        "customers/customers.csv": "customer_id,first_name,last_name,language,street,city,postcode,country,store_id,"
        "adviser_id\nC-1,Ada,Holm,zh,Gartenweg 4,Hamburg,20253,DE,corner,A-1\n",
        "customers/orders.csv": "order_id,customer_id,ordered_at,amount\nO-1,C-1,2026-02-03,620.00\n",
        "customers/stores.csv": "store_id,name\ncorner,The Corner\n",
        "customers/advisers.csv": "adviser_id,first_name,last_name,title\nA-1,Jo,Weber,Weaver\n",
        "customers/points.csv": "customer_id,entry,day,points,kind\nC-1,1,2026-02-03,150,earned\n",
    }.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    shop.build("--on", "2026-09-08", "--only", "cards")

    (made,) = (shop.output / "cards").rglob("cards-001.pdf")
    said = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.read_bytes()))
    said = "".join(said.split())
    for words in ("银卡会员", "织工", "街角店", "一罐茶，还差250分。"):
        assert words in said
    assert "Silver" not in said
