"""The audit finds what may not be read, names both places, and leaves alone what is meant to be read."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from sitegen.content.project import read_project
from sitegen.errors import Mistakes
from tests.content.shop_folder import PICTURE, mistakes_of, page, write_shop
from tests.leaks.small_audit import SECRET, leaks, small_audit

GOLD = page("title: The drawer of the house\naudience: gold", f"Hello.\n\n{SECRET}")
FOLDED = "the brass key hangs behind the third loom wrapped in a strip of red linen"
CHINESE = "钥匙挂在第三台织机后面，用一条红色的亚麻布包着，门边的人都知道。"
LEAK = "content/pages/drawer.md:7 -> {}: {} can read '{}'"


def test_a_shop_that_keeps_its_secrets_has_no_leaks(tmp_path: Path) -> None:
    assert leaks(tmp_path, pages__drawer=GOLD) == []


def test_goal_2_a_sentence_of_a_gated_page_on_a_public_page_is_told_from_line_to_line(tmp_path: Path) -> None:
    told = leaks(tmp_path, pages__drawer=GOLD, pages__a=page("title: A\naudience: public", f"One.\n\nSo: {SECRET}"))
    assert told == [LEAK.format("content/pages/a.md:7", "anybody", FOLDED)]


def test_emphasis_links_and_capitals_hide_nothing(tmp_path: Path) -> None:
    text = "THE *brass* [key](index.md) hangs **behind** the `third` loom, wrapped in paper."
    told = leaks(tmp_path, pages__drawer=GOLD, pages__a=page("title: A\naudience: public", text))
    assert told == [
        LEAK.format("content/pages/a.md:5", "anybody", "the brass key hangs behind the third loom wrapped in")
    ]


def test_seven_words_in_a_row_are_no_leak(tmp_path: Path) -> None:
    text = "The brass key hangs behind the third chair, wrapped in a strip of red paper."
    assert leaks(tmp_path, pages__drawer=GOLD, pages__a=page("title: A\naudience: public", text)) == []


def test_a_chinese_sentence_is_found_by_its_characters(tmp_path: Path) -> None:
    gold = page("title: 抽屉\naudience: gold", CHINESE)
    told = leaks(tmp_path, pages__drawer=gold, pages__a=page("title: A\naudience: public", f"他说：{CHINESE[:14]}。"))
    assert told == ["content/pages/drawer.md:5 -> content/pages/a.md:5: anybody can read '钥匙挂在第三台织机后面用一'"]


def test_a_wish_that_everybody_writes_in_chinese_is_no_leak(tmp_path: Path) -> None:
    wish = "祝您和家人中秋节快乐。"
    gold = page("title: 抽屉\naudience: gold", f"亲爱的朋友：{wish}")
    assert leaks(tmp_path, pages__drawer=gold, pages__a=page("title: A\naudience: public", f"各位：{wish}")) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", SECRET.encode()),
        ("page.html", f"<p>The <b>brass</b> key&nbsp;hangs <!-- x -->behind the third{SECRET[36:]}</p>".encode()),
        ("page.html", f"<meta name=x content='{SECRET}'>".encode()),
        ("page.html", f"<!-- {SECRET} -->".encode()),
        ("page.html", f'<img alt="{SECRET}" src="x.png">'.encode()),
        ("feed.xml", f"<content>&lt;p&gt;{SECRET.replace('key', '&lt;em&gt;key&lt;/em&gt;')}</content>".encode()),
        ("data.json", json.dumps({"text": SECRET.replace("key", "kéy")}).replace("\\u00e9", "e").encode()),
        ("data.json", json.dumps({"text": SECRET}).replace("T", "\\u0054").replace(" k", "\\nk").encode()),
        ("style.css", f"a::after {{ content: '{SECRET}' }}".encode()),
        ("data.js", f"const words = '{base64.b64encode(SECRET.encode()).decode()}'".encode()),
        ("data.txt", SECRET.encode().hex().encode()),
        ("link.txt", SECRET.replace(" ", "%20").encode()),
        ("notes.gz", gzip.compress(SECRET.encode(), mtime=0)),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\1zTXtComment\0\0" + zlib.compress(SECRET.encode())),
        ("picture.jpg", b"\xff\xd8\xff\xe1\0\x40Exif\0\0" + SECRET.encode() + b"\0\xff\xd9"),
        ("picture.jpg", b"\xff\xd8\xff\xe1\xff" + SECRET.encode("utf-16-le") + b"\xff\xd9"),
        ("the-brass-key-hangs-behind-the-third-loom.html", b"nothing"),
    ],
)  # fmt: skip
def test_a_secret_is_found_however_it_is_wrapped(tmp_path: Path, name: str, content: bytes) -> None:
    told = leaks(tmp_path, {f"laid/{name}": content}, pages__drawer=GOLD)
    assert len(told) == 1
    assert told[0].startswith("content/pages/drawer.md:7 -> output/site")
    assert "brass key hangs behind the third loom" in told[0]


def test_a_secret_is_found_in_an_archive_and_in_a_pdf(tmp_path: Path) -> None:
    from weasyprint import HTML  # noqa: PLC0415 - it takes long to load

    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("inside.txt", SECRET)
    document = HTML(string=f"<p>{SECRET}").write_pdf()
    told = leaks(tmp_path, {"a.zip": archive.getvalue(), "b.pdf": document}, pages__drawer=GOLD)
    assert told == [LEAK.format("output/site/a.zip and 1 more place", "anybody", FOLDED)]


def test_one_secret_in_many_places_is_told_once(tmp_path: Path) -> None:
    laid = {f"{number}.txt": f"\n{SECRET}".encode() for number in range(30)}
    assert leaks(tmp_path, laid, pages__drawer=GOLD) == [
        LEAK.format("output/site/0.txt:2 and 29 more places", "anybody", FOLDED)
    ]


def test_a_locked_file_that_is_not_locked_is_a_leak(tmp_path: Path) -> None:
    told = leaks(tmp_path, {"sg/1/o/ab/abcdef.bin": b"SGO1\xff\xfe" + SECRET.encode()}, pages__drawer=GOLD)
    assert told == [LEAK.format("output/site/sg/1/o/ab/abcdef.bin", "anybody", FOLDED)]


@pytest.mark.parametrize("key", ["title", "description"])
def test_a_title_of_three_words_is_a_secret(tmp_path: Path, key: str) -> None:
    more = "" if key == "title" else "title: Drawer\n"
    gold = page(f"{more}{key}: A brass key\naudience: gold")
    told = leaks(tmp_path, pages__drawer=gold, pages__a=page("title: A\naudience: public", "Here is a brass key."))
    assert told == ["content/pages/drawer.md:1 -> content/pages/a.md:5: anybody can read 'a brass key'"]
    assert leaks(tmp_path, pages__drawer=page("title: Brass key\naudience: gold")) == []


def test_a_chinese_title_of_five_characters_is_a_secret(tmp_path: Path) -> None:
    gold = page("title: 黄铜的钥匙\naudience: gold")
    told = leaks(tmp_path, pages__drawer=gold, pages__a=page("title: A\naudience: public", "这里有黄铜的钥匙。"))
    assert told == ["content/pages/drawer.md:1 -> content/pages/a.md:5: anybody can read '黄铜的钥匙'"]


@pytest.mark.parametrize(
    "front",
    [
        "audience: public\ndraft: yes",
        "audience: public\npublish_on: 2026-09-09",
        "audience: public\nexpire_on: 2026-09-08",
        "audience: gold\ndraft: yes",
    ],
)
def test_what_is_not_there_today_is_a_secret(tmp_path: Path, front: str) -> None:
    hidden = page(f"title: Hidden\n{front}", SECRET)
    told = leaks(tmp_path, {"x.txt": SECRET.encode()}, pages__drawer=hidden)
    assert [line.partition(": ")[2] for line in told] == [f"anybody can read '{FOLDED}'"]


def test_a_draft_may_repeat_the_public_page_that_it_will_replace(tmp_path: Path) -> None:
    draft = page("title: A\naudience: public\ndraft: yes", SECRET)
    assert leaks(tmp_path, pages__b=draft, pages__a=page("title: A\naudience: public", SECRET)) == []


def test_a_teaser_and_the_part_above_more_are_public_on_purpose(tmp_path: Path) -> None:
    teased = page(f"title: The drawer of the house\naudience: gold\nteaser: {SECRET}", f"Hello.\n\n{SECRET}")
    assert leaks(tmp_path, pages__drawer=teased) == []
    half = page("title: The drawer of the house\naudience: gold", f"{SECRET}\n\n<!-- more -->\n\n{SECRET}\n\nAnd more.")
    assert leaks(tmp_path, pages__drawer=half) == []


def test_a_block_for_gold_does_not_stand_on_its_public_page(tmp_path: Path) -> None:
    text = f"Words.\n\n::: audience gold\n{SECRET}\n:::\n"
    files: Any = {"pages__a": page("title: A\naudience: public", text)}
    assert leaks(tmp_path, **files) == []
    assert leaks(tmp_path, {"x.txt": SECRET.encode()}, **files) == [
        f"content/pages/a.md:8 -> output/site/x.txt:1: anybody can read '{FOLDED}'"
    ]


@pytest.mark.parametrize(
    ("other", "drawer", "told"),
    [
        ("everyone", "gold", "drawer -> other"),
        ("gold", "everyone", "other -> drawer"),
        ("silver", "gold", "drawer -> other"),
        ("platinum", "gold", "other -> drawer"),  # who spent 5000 has spent 1000
        ("gold", "platinum", "drawer -> other"),
        ("gold", "gold", ""),
        ("{all: [{segment: is gold}, {orders: at least 2}]}", "gold", "other -> drawer"),
        ("{any: [{segment: is gold}, {segment: is platinum}]}", "gold", ""),
        ("{any: [{segment: is gold}, {segment: is silver}]}", "gold", "drawer -> other"),
        ("gold", "{any: [{segment: is gold}, {segment: is silver}]}", "other -> drawer"),
    ],
)
def test_what_two_pages_say_is_a_leak_from_the_one_with_fewer_readers(
    tmp_path: Path, other: str, drawer: str, told: str
) -> None:
    found = small_audit(
        tmp_path,
        pages__drawer=page(f"title: Drawer\naudience: {drawer}", f"Hello.\n\n{SECRET}"),
        pages__other=page(f"title: Other\naudience: {other}", SECRET),
    ).findings
    places = [f"{Path(one.gated.file).stem} -> {Path(one.leaking.file).stem}" for one in found]
    assert places == [told] * bool(told)


def test_a_mail_does_not_say_what_only_some_of_its_readers_may_read(tmp_path: Path) -> None:
    front = "title: Autumn\nkind: letter\naudience: everyone\nchannels: [mail]\non: 2026-09-10\nsubject: Hello"
    told = leaks(tmp_path, pages__drawer=GOLD, campaigns__autumn=page(front, f"Dear you,\n\n{SECRET}"))
    assert told == [LEAK.format("content/campaigns/autumn.md:11", "every member", FOLDED)]
    inside = page(front, f"Dear you,\n\n::: audience gold\n{SECRET}\n:::\n")
    assert leaks(tmp_path, pages__drawer=GOLD, campaigns__autumn=inside) == []


def test_what_only_leaves_by_mail_is_no_public_text(tmp_path: Path) -> None:
    front = "title: Autumn\nkind: letter\naudience: gold\nchannels: [mail]\non: 2026-09-10\nsubject: A word for you"
    files: Any = {"campaigns__autumn": page(front, f"Dear you,\n\n{SECRET}")}
    assert leaks(tmp_path, {"x.txt": SECRET.encode()}, **files) == [
        f"content/campaigns/autumn.md:11 -> output/site/x.txt:1: anybody can read '{FOLDED}'"
    ]
    assert leaks(tmp_path, {"x.txt": b"A word for you"}, **files) == [
        "content/campaigns/autumn.md:1 -> output/site/x.txt:1: anybody can read 'a word for you'"
    ]


@pytest.mark.parametrize(
    ("laid", "name"),
    [
        ({"drawers/third/index.html": b"x"}, "third"),
        ({"x.html": b'<a href="/shop/drawers/third/">x</a>'}, "third"),
        ({"x.xml": b"<loc>https://members.smallloom.example/shop/drawers/third/</loc>"}, "third"),
        ({"robots.txt": b"Disallow: /drawers/third"}, "third"),
        ({"x.html": b'<p class="box friends">x</p>'}, "friends"),
        ({"x.json": b'{"segments": ["friends"]}'}, "friends"),
        ({"x.html": b'<img src="thimble.png">', "assets/thimble.1234567890.svg": b"<svg/>"}, "thimble"),
    ],
)  # fmt: skip
def test_names_of_gated_things_are_found_in_addresses(tmp_path: Path, laid: dict[str, bytes], name: str) -> None:
    write_shop(tmp_path)
    (tmp_path / "content/assets/thimble.svg").write_bytes(PICTURE.replace(b"30", b"31"))
    told = leaks(tmp_path, laid, pages__third=page("title: Drawer\naudience: gold\nslug: third"))
    assert any(line.endswith(f"anybody can read '{name}'") for line in told), told


def test_a_name_that_something_public_has_too_betrays_nothing(tmp_path: Path) -> None:
    files: Any = {
        "pages__gold__linen": page("title: L\naudience: gold"),
        "pages__linen": page("title: L\naudience: public"),
    }
    assert leaks(tmp_path, {"x.html": b'<a href="/shop/linen/">'}, **files) == []
    told = leaks(tmp_path, {"x.html": b'<a href="https://elsewhere.example/third/">'}, pages__third=GOLD)
    assert told == []


def test_a_gated_picture_is_known_again_by_its_bytes(tmp_path: Path) -> None:
    gold = page("title: Drawer\naudience: gold", "![A cloth](/assets/cloth.svg)")
    inline = b"<img src='data:image/svg+xml;base64," + base64.b64encode(PICTURE) + b"'>"
    for laid in ({"x.svg": PICTURE}, {"x.html": inline}):
        assert leaks(tmp_path, laid, pages__drawer=gold) == [
            f"content/assets/cloth.svg -> output/site/{next(iter(laid))}: anybody can read 'the bytes of cloth.svg'"
        ]
    public = page("title: A\naudience: public", "![A cloth](/assets/cloth.svg)")
    assert leaks(tmp_path, {"x.svg": PICTURE}, pages__drawer=gold, pages__a=public) == []


def test_titles_and_reasons_of_segments_are_for_members(tmp_path: Path) -> None:
    told = leaks(tmp_path, {"x.txt": b"For friends of the red kettle: they know us well, and we know them."})
    assert [line.split("can read ")[1] for line in told] == [
        "'friends of the red kettle'", "'they know us well and we know them'",
    ]  # fmt: skip
    assert leaks(tmp_path, pages__a=page("title: A", "We are friends of the red kettle.")) == []


ALLOWED = "allow:\n  - {kind}: {what}\n    reason: we say it at the door\n"


@pytest.mark.parametrize(
    ("kind", "what"), [("phrase", f'"{SECRET}"'), ("page", "pages/drawer.md")]
)  # fmt: skip
def test_what_is_allowed_with_a_reason_is_no_leak(tmp_path: Path, kind: str, what: str) -> None:
    files: Any = {"pages__drawer": GOLD, "audit.yaml": ALLOWED.format(kind=kind, what=what)}
    made = small_audit(tmp_path, {"x.txt": SECRET.encode()}, **files)
    assert (made.findings, made.unused) == ((), ())
    unused = small_audit(tmp_path, **files).unused
    assert [(one.place.line, one.reason) for one in unused] == [(2, "we say it at the door")]


def test_more_than_the_allowed_phrase_is_a_leak(tmp_path: Path) -> None:
    allowed = ALLOWED.format(kind="phrase", what="the brass key hangs behind the third loom")
    files: Any = {"pages__drawer": GOLD, "audit.yaml": allowed}
    told = leaks(tmp_path, {"x.txt": SECRET.encode()}, **files)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("allow:\n  - phrase: a b c\n", "missing-key"),
        ("allow:\n  - reason: x\n", "wrong-form"),
        ("allow:\n  - {phrase: a b c, page: pages/index.md, reason: x}\n", "wrong-form"),
        ("allow: everything\n", "wrong-form"),
        ("allow:\n  - everything\n", "wrong-form"),
        ("allow:\n  - {page: pages/indx.md, reason: x}\n", "unknown-page"),
        ("allow:\n  - {asset: cloth.png, reason: x}\n", "unknown-asset"),
        ("alow: []\n", "unknown-key"),
    ],
)
def test_a_mistake_in_audit_yaml_is_told(tmp_path: Path, text: str, code: str) -> None:
    assert code in mistakes_of(write_shop(tmp_path, **{"audit.yaml": text}))


def test_what_was_read_once_is_not_read_again(tmp_path: Path) -> None:
    laid = {"x.txt": SECRET.encode()}
    first = small_audit(tmp_path, laid, pages__drawer=GOLD)
    again = small_audit(tmp_path, laid, first.prints, pages__drawer=GOLD)
    assert (again.known, again.looked) == (first.looked, first.looked)
    assert again.findings == first.findings != ()
    changed = small_audit(tmp_path, laid, first.prints, pages__drawer=page("title: Drawer\naudience: gold", "Other."))
    assert changed.findings == ()


def test_an_exception_for_a_page_that_is_not_there_stops_the_reading(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="pages/nowhere"):
        read_project(write_shop(tmp_path, **{"audit.yaml": ALLOWED.format(kind="page", what="pages/nowhere.md")}))
