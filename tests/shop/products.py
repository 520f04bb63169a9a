"""The goods of the sample shop: home textiles and prayer beads, prices in euro."""

from __future__ import annotations

from tests.shop.places import Row

# id|name|Chinese name|group|list price|cost|launched|stock|care page
_PRODUCTS = """
P-001|Morning Mist linen sheet|晨雾亚麻床单|linen|129.00|76.00|2021-03-01|64|care/linen
P-002|Morning Mist pillowcase pair|晨雾亚麻枕套（一对）|linen|49.00|28.50|2021-03-01|120|care/linen
P-003|Washed linen duvet cover|水洗亚麻被套|linen|189.00|110.00|2021-04-12|48|care/linen
P-004|Harbour Blue linen curtain|港湾蓝亚麻窗帘|linen|98.00|58.00|2022-02-14|36|care/linen
P-005|Kitchen linen, set of three|亚麻厨房巾（三条）|linen|29.00|17.00|2020-09-01|210|care/linen
P-006|Sauna linen towel|亚麻浴巾|linen|39.00|22.80|2022-11-02|84|care/linen
P-007|Oat Field bed linen set|燕麦田亚麻四件套|linen|279.00|160.00|2023-08-21|30|care/linen
P-008|First Snow lambswool throw|初雪羊羔毛毯|throws|119.00|68.00|2021-10-01|52|care/wool
P-009|Fireside plaid|炉边格子毯|throws|89.00|52.00|2020-10-05|75|care/wool
P-010|Cashmere travel throw|羊绒旅行毯|throws|249.00|142.00|2022-10-10|18|care/wool
P-011|Moonlight mohair throw|月光马海毛毯|throws|179.00|104.00|2023-09-15|26|care/wool
P-012|Garden cotton blanket|花园棉毯|throws|69.00|40.50|2021-05-03|88|care/linen
P-013|Silk nap blanket|真丝午睡毯|throws|219.00|126.00|2024-03-08|22|care/silk
P-014|Plum Blossom cushion|梅花靠垫|cushions|45.00|26.00|2021-01-15|96|care/linen
P-015|Two Cranes silk cushion|双鹤真丝靠垫|cushions|79.00|46.00|2022-01-20|40|care/silk
P-016|Reading nook cushion|书角靠垫|cushions|39.00|23.00|2020-08-10|130|care/linen
P-017|Buckwheat neck pillow|荞麦颈枕|cushions|35.00|20.50|2023-02-01|110|care/linen
P-018|Velvet bolster, moss green|苔绿丝绒长枕|cushions|65.00|38.00|2024-09-02|44|care/wool
P-019|Meditation cushion|禅修坐垫|cushions|59.00|34.50|2022-06-06|58|care/beads
P-020|Hundred Families quilt|百家被|quilts|389.00|222.00|2021-11-11|12|care/quilts
P-021|Mulberry silk quilt, light|桑蚕丝薄被|quilts|299.00|172.00|2021-04-20|24|care/silk
P-022|Mulberry silk quilt, winter|桑蚕丝冬被|quilts|449.00|258.00|2021-09-20|16|care/silk
P-023|Down and cotton quilt|羽绒棉被|quilts|229.00|134.00|2022-09-12|28|care/quilts
P-024|Little Star cradle quilt|小星星婴儿被|quilts|95.00|55.00|2022-04-04|46|care/quilts
P-025|Sunday patchwork quilt|周日拼布被|quilts|329.00|190.00|2025-03-03|14|care/quilts
P-026|Long Table cloth|长桌布|table linen|149.00|86.00|2021-06-01|34|care/linen
P-027|Napkins, set of six|餐巾（六条）|table linen|54.00|31.50|2020-11-01|102|care/linen
P-028|Tea table runner|茶席桌旗|table linen|42.00|24.50|2021-02-02|90|care/linen
P-029|Indigo place mats, set of four|蓝染餐垫（四张）|table linen|48.00|28.00|2022-05-16|72|care/linen
P-030|Harvest jacquard cloth|丰收提花桌布|table linen|189.00|109.00|2024-09-16|20|care/linen
P-031|Sandalwood beads, 108|檀香佛珠 108 颗|beads|168.00|98.00|2020-06-01|60|care/beads
P-032|Sandalwood bracelet|檀香手串|beads|58.00|33.50|2020-06-01|140|care/beads
P-033|Bodhi seed beads, 108|星月菩提 108 颗|beads|138.00|80.00|2020-06-01|70|care/beads
P-034|Bodhi root bracelet|菩提根手串|beads|48.00|28.00|2021-08-08|125|care/beads
P-035|Red agate bracelet|红玛瑙手串|beads|88.00|51.00|2021-12-12|66|care/beads
P-036|Southern agate beads, 108|南红玛瑙 108 颗|beads|680.00|385.00|2022-12-01|8|care/beads
P-037|Amber and silver bracelet|琥珀银饰手串|beads|320.00|183.00|2023-05-05|15|care/beads
P-038|Agarwood bracelet|沉香手串|beads|1280.00|735.00|2023-10-10|5|care/beads
P-039|Bead pouch in silk|佛珠锦囊|gifts|24.00|13.80|2020-06-01|180|care/silk
P-040|Lantern gift box|灯笼礼盒|gifts|18.00|10.40|2020-06-01|240|care/linen
P-041|Lavender linen sachets|薰衣草亚麻香囊|gifts|16.00|9.30|2021-07-01|0|care/linen
P-042|Autumn Moon quilt|秋月被|quilts|359.00|206.00|2026-08-24|40|care/quilts
"""


def products() -> list[Row]:
    """Forty-two products; the last one is two weeks old, and nobody has bought it yet."""
    names = ("product_id", "name", "name_zh", "group", "price", "cost", "launched_on", "stock", "care")
    return [dict(zip(names, line.split("|"), strict=True)) for line in _PRODUCTS.strip().splitlines()]
