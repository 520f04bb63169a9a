"""Words that exist nowhere else, one for each protected place of a shop."""

from __future__ import annotations

import csv
import io
import random
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

SEED = 20260908
LETTERS = "bcdfghjkmnpqrstvwxz"
CHUNK = 256 << 10
"""Bytes of a chunk of a large asset, see protect.chunks."""
EXIF = {0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright"}
"""Tags of EXIF that editors and cameras fill (CIPA DC-008)."""


@dataclass
class Canaries:
    """`secret` must be found nowhere in the site, `open` must be found: canary -> the place where it was planted."""

    random: random.Random = field(default_factory=lambda: random.Random(SEED))
    secret: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)

    def plant(self, place: str) -> str:
        """A new word for a protected place."""
        word = "zq" + "".join(self.random.choices(LETTERS, k=10))
        self.secret[word] = place
        return word

    def show(self, place: str) -> str:
        """A new word for a place that anybody may read."""
        word = "yv" + "".join(self.random.choices(LETTERS, k=10))
        self.open[word] = place
        return word


def plant_all(root: Path) -> Canaries:
    """Plant canaries in a copy of the sample shop, in every place that is protected, and some in public ones."""
    canaries = Canaries()
    segment = _segments(root, canaries)
    _assets(root, canaries)
    _gated_page(root, canaries, segment)
    _hidden_pages(root, canaries)
    _shared_page(root, canaries)
    _campaigns(root, canaries, segment)
    _customers(root, canaries)
    _odds_and_ends(root, canaries)
    return canaries


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _segments(root: Path, canaries: Canaries) -> str:
    plant = canaries.plant
    name = plant("segment id")
    _write(
        root / "content/segments/canaries.yaml",
        f"""# {plant("comment of a segment file")}
facts:
  {plant("name of a fact")}: {{count of: orders}}
segments:
  {name}:
    title: Friends of {plant("segment title")}
    why: you like {plant("segment's why")}
    priority: 5
    all:
      - total spent: at least 100
      - interests: has no {plant("value in a segment's rule")}
  {plant("id of a segment that nobody uses")}:
    title: {plant("title of a segment that nobody uses")}
    why: you like {plant("why of a segment that nobody uses")}
    priority: 6
    all:
      - orders: at least 1
""",
    )
    return name


def _assets(root: Path, canaries: Canaries) -> None:
    plant, folder = canaries.plant, root / "content/assets"
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><!-- {plant("comment of a gated SVG")} -->
<title>{plant("title of a gated SVG")}</title><rect width="8" height="8" fill="#a33"/></svg>"""
    _write(folder / f"{plant('name of a gated SVG')}.svg", svg)
    (folder / f"{plant('name of a gated PNG')}.png").write_bytes(
        _png(plant("tEXt of a gated PNG"), plant("zTXt of a gated PNG"))
    )
    _write(folder / f"{plant('name of a picture in a gated block')}.svg", svg)
    unused = f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {plant('bytes of an asset that nothing shows')} --></svg>"
    _write(folder / plant("folder of assets") / f"{plant('name of an asset that nothing shows')}.svg", unused)

    (folder / f"{plant('name of a gated JPEG')}.jpg").write_bytes(_jpeg(canaries))
    (folder / f"{plant('name of a gated PDF')}.pdf").write_bytes(
        _pdf(plant("title of a gated PDF"), plant("page of a gated PDF"))
    )
    calendar = [
        "BEGIN:VCALENDAR\r\nVERSION:2.0",
        f"PRODID:-//{plant('maker of a gated calendar')}",
        f"BEGIN:VEVENT\r\nUID:{plant('id of a gated calendar')}",
        f"SUMMARY:{plant('event of a gated calendar')}",
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    ]
    _write(folder / f"{plant('name of a gated calendar')}.ics", "\r\n".join(calendar))
    (folder / f"{plant('name of a large gated file')}.zip").write_bytes(_large(canaries))


def _jpeg(canaries: Canaries) -> bytes:
    image, made = Image.new("RGB", (8, 8), "#a33"), io.BytesIO()
    exif = Image.Exif()
    for tag, name in EXIF.items():
        exif[tag] = canaries.plant(f"{name} of a gated JPEG")
    image.save(made, "jpeg", exif=exif, comment=canaries.plant("comment of a gated JPEG").encode())
    return made.getvalue()


def _pdf(title: str, words: str) -> bytes:
    stream = zlib.compress(f"BT /F1 12 Tf 20 20 Td ({words}) Tj ET".encode())
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n",
            f"3 0 obj<</Title({title})>>endobj\n4 0 obj<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode(),
            stream,
            b"\nendstream endobj\ntrailer<</Root 1 0 R/Info 3 0 R>>\n%%EOF\n",
        )
    )


def _large(canaries: Canaries) -> bytes:
    """A file of several chunks, with canaries at its beginning, across the seam of two chunks, and at its end."""
    content = bytearray(canaries.random.randbytes(6 * CHUNK))
    for place, start in (("beginning", 100), ("seam", 2 * CHUNK - 10), ("end", 6 * CHUNK - 40)):
        word = canaries.plant(f"{place} of a large gated file").encode()
        content[start : start + len(word)] = word
    return bytes(content)


def _png(plain: str, packed: str) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
            chunk(b"tEXt", b"Comment\0" + plain.encode()),
            chunk(b"zTXt", b"Author\0\0" + zlib.compress(packed.encode())),
            chunk(b"IDAT", zlib.compress(b"\0\x11\x22\x33")),
            chunk(b"IEND", b""),
        )
    )


def _name(canaries: Canaries, place: str) -> str:
    return next(word for word, planted in canaries.secret.items() if planted == place)


def _gated_page(root: Path, canaries: Canaries, segment: str) -> None:
    plant = canaries.plant
    gated, other = plant("file name of a gated page"), plant("file name of another gated page")
    folder = plant("folder of a gated page")
    _write(
        root / f"content/pages/{folder}/{gated}.md",
        f"""---
# {plant("comment in front matter")}
title: The {plant("title of a gated page")} behind the door
description: What {plant("description of a gated page")} is for
audience: {segment}
menu: yes
slug: {plant("slug of a gated page")}
tags: [{plant("tag of a gated page")}, care]
teaser: Something waits, {canaries.show("teaser of a gated page")}.
event:
  start: 2026-10-03 15:00
  place: {plant("place of a gated event")}
  organizer: {plant("host of a gated event")}
---
# {plant("heading of a gated page")} {{#{plant("anchor of a gated page")}}}

Here is {plant("body of a gated page")}, and a *{plant("emphasis of a gated page")}* for
{{{{ first_name or "{plant("fallback of a merge field")}" }}}}.

<!-- {plant("comment of a gated page")} -->

![{plant("alt text of a gated picture")}](/assets/{_name(canaries, "name of a gated SVG")}.svg)
![one dot](/assets/{_name(canaries, "name of a gated PNG")}.png)
![one square](/assets/{_name(canaries, "name of a gated JPEG")}.jpg)

[{plant("words of a link to a file")}](/assets/{_name(canaries, "name of a gated PDF")}.pdf),
[a day](/assets/{_name(canaries, "name of a gated calendar")}.ics) and
[an album](/assets/{_name(canaries, "name of a large gated file")}.zip "{plant("title of a link to a file")}").

| {plant("table head of a gated page")} | two |
|---|---|
| {plant("table cell of a gated page")} | [link]({other}.md#{plant("anchor in a link")}) |

A note.[^1]

[^1]: {plant("footnote of a gated page")}

```python
print("{plant("code of a gated page")}")
```

::: audience gold
Only gold reads {plant("audience block of a gated page")}.
:::
""",
    )
    _write(
        root / f"content/pages/{folder}/{other}.md",
        f"""---
title: {plant("title of another gated page")}
audience: {segment}
---
[A link out](https://{plant("address that a gated page links to")}.example/) and words.
""",
    )


def _hidden_pages(root: Path, canaries: Canaries) -> None:
    plant = canaries.plant
    for state, line in (
        ("draft", "draft: yes"),
        ("future", "publish_on: 2027-01-01"),
        ("expired", "expire_on: 2026-01-01"),
    ):
        _write(
            root / f"content/pages/{plant(f'file name of a {state} page')}.md",
            f"""---
title: Soon comes {plant(f"title of a {state} page")}
description: {plant(f"description of a {state} page")}
audience: public
menu: yes
{line}
slug: {plant(f"slug of a {state} page")}
aliases: [{plant(f"alias of a {state} page")}/]
tags: [{plant(f"tag of a {state} page")}]
teaser: {plant(f"teaser of a {state} page")}
---
Words of {plant(f"body of a {state} page")}.

![{plant(f"alt text of a {state} page")}](/assets/loom.svg)
""",
        )


def _shared_page(root: Path, canaries: Canaries) -> None:
    plant, show = canaries.plant, canaries.show
    picture = _name(canaries, "name of a picture in a gated block")
    _write(
        root / "content/pages/shared.md",
        f"""---
title: A page that {show("title of a public page")} shares
description: What {show("description of a public page")} is for
audience: public
menu: yes
tags: [{show("tag of a public page")}]
---
Everybody reads {show("body of a public page")}.

::: audience gold
## {plant("heading of a gold block on a public page")}

Gold reads {plant("gold block on a public page")}.

![{plant("alt text in a gold block on a public page")}](/assets/{picture}.svg)
:::

::: audience silver
Silver reads {plant("silver block on a public page")}.
:::
""",
    )
    _write(
        root / "content/pages/half.md",
        f"""---
title: Half of {show("title of a page with a public part")} is open
audience: everyone
---
Anybody reads {show("public part of a page")}.

<!-- more -->

## {plant("heading below the public part")}

Members read {plant("body below the public part")}.
""",
    )


def _campaigns(root: Path, canaries: Canaries, segment: str) -> None:
    plant = canaries.plant
    for name, audience, channels in (
        ("paged", segment, "[page, mail]"),
        ("mailed", "everyone", "[mail]"),
    ):
        _write(
            root / f"content/campaigns/2026/{plant(f'file name of a {name} campaign')}.md",
            f"""---
title: From us, {plant(f"title of a {name} campaign")}
kind: letter
audience: {audience}
channels: {channels}
on: 2026-09-09
publish_on: 2026-09-01
subject: Dear you, {plant(f"subject of a {name} campaign")}
preheader: {plant(f"preheader of a {name} campaign")}
description: {plant(f"description of a {name} campaign")}
slug: {plant(f"slug of a {name} campaign")}
tags: [{plant(f"tag of a {name} campaign")}]
---
Dear {{{{ first_name or "friend" }}}},

we thought of {plant(f"body of a {name} campaign")}.
""",
        )


def _customers(root: Path, canaries: Canaries) -> None:
    plant, folder = canaries.plant, root / "content/customers"
    texts = ("first_name", "last_name", "street", "city", "characteristics", "behaviour", "stated_need", "secret_need")
    for row, kind in ((0, "gold member"), (1, "silver member")):
        new = {name: plant(f"{name} of a {kind}") for name in texts}
        new["email"] = f"{plant(f'e-mail of a {kind}')}@{plant(f'mail host of a {kind}')}.example"
        _edit(folder / "customers.csv", row, new)
    advisers = ("first_name", "last_name", "title", "signature")
    for row in range(len((folder / "advisers.csv").read_text(encoding="utf-8").splitlines()) - 1):
        new = {name: plant(f"{name} of adviser {row + 1}") for name in advisers} if row < 6 else {}
        _edit(folder / "advisers.csv", row, new)
    coupon = {name: plant(f"{name} of a coupon") for name in ("code", "gives")}
    _edit(folder / "coupons.csv", 0, {**coupon, "customer_id": "C-00001", "valid_until": "2027-01-01", "used_on": ""})
    _edit(folder / "products.csv", 0, {"name": plant("name of a product")})
    _edit(folder / "events.csv", 7, {"title": plant("title of an event"), "place": plant("place of an event")})
    _edit(folder / "complaints.csv", 0, {"text": plant("a complaint")})
    _edit(folder / "suggestions.csv", 0, {"text": plant("a suggestion")})


def _edit(path: Path, row: int, new: dict[str, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row] |= new
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _odds_and_ends(root: Path, canaries: Canaries) -> None:
    plant = canaries.plant
    site = root / "content/site.yaml"
    # All that a member's record may hold, coupons too.
    _write(site, site.read_text(encoding="utf-8").replace("member_data: basic", "member_data: full"))
    tiers = root / "content/programme/tiers.yaml"
    text = tiers.read_text(encoding="utf-8")
    _write(tiers, text.replace("the first look at", f"{plant('benefit of a tier')} and the first look at"))
    messages = root / "content/messages/contact"
    _write(
        messages / f"{plant('file name of a message')}.md",
        (messages / "the-kettle.md").read_text(encoding="utf-8") + f"\n{plant('text of a message')}\n",
    )
    _write(root / f"content/{plant('file name outside every room')}.txt", plant("file outside every room"))
