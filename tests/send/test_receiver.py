"""Tests of unsubscribing at the receiver, and of what every page of it has in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Purpose
from sitegen.protect.tokens import seal, sealer
from sitegen.send.receiver.buckets import BURST, MOST, SECONDS, Buckets, neighbourhood
from sitegen.send.receiver.door import LARGEST
from sitegen.send.receiver.guard import HEADERS
from tests.send.receiving import CLAIM, FORM, ONE_CLICK, ask, desk

PAGES = ("unsubscribe", "preferences", "survey/autumn-survey", "complaint", "suggestion")
HASH = CLAIM.address_key
AT = "2026-10-02T09:30:00.000000Z"
BY_CLICK = f"one-click in {CLAIM.edition}, {AT}"


def test_looking_at_a_page_changes_nothing_whoever_looks(tmp_path: Path) -> None:
    house = desk(tmp_path)
    before = house.everything()
    for page in PAGES:
        target = f"/{page}?token={house.token(Purpose(page.partition('/')[0]))}"
        assert house.get(target).status == 200
        assert house.get(target, sec_purpose="prefetch", sec_fetch_site="cross-site").status == 200
        assert house.get(target, "HEAD").status == 200
    assert house.everything() == before


def test_one_click_unsubscribes_without_a_cookie_or_a_redirect(tmp_path: Path) -> None:
    house = desk(tmp_path)
    answer = house.post(f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}", ONE_CLICK)
    assert answer.status == 200
    assert not {"set-cookie", "location"} & set(answer.headers)
    assert house.rows("suppressions") == [("mail", HASH, "promotion", "unsubscribed", "2026-10-02", BY_CLICK)]
    assert house.rows("consents") == [("C-7", "mail", "promotion", AT, 0, "web", BY_CLICK)]
    assert house.rows("responses") == [("2026/autumn-survey", "C-7", "mail", "unsubscribed", "2026-10-02", BY_CLICK)]


def test_one_click_may_come_as_multipart_from_anywhere(tmp_path: Path) -> None:
    house = desk(tmp_path)
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    target = f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}"
    answer = house.post(target, body, "multipart/form-data; boundary=x", origin="https://mail.example")
    assert answer.status == 200
    assert len(house.rows("suppressions")) == 1


def test_who_unsubscribes_twice_is_off_once(tmp_path: Path) -> None:
    house = desk(tmp_path)
    target = f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}"
    house.post(target, ONE_CLICK)
    before = house.everything()
    house.clock.now += timedelta(days=1)
    assert house.post(target, {"confirm": "yes"}).status == 200
    assert house.everything() == before


def test_a_form_that_does_not_say_what_it_wants_unsubscribes_nobody(tmp_path: Path) -> None:
    house = desk(tmp_path)
    target = f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}"
    for body in (b"", b"List-Unsubscribe=no", b"token=x"):
        assert house.post(target, body).status == 400
    assert house.post(target, ONE_CLICK, "text/plain").status == 400
    assert house.rows("suppressions") == []


def test_an_address_is_off_for_the_class_and_channel_of_the_message_alone(tmp_path: Path) -> None:
    house = desk(tmp_path)
    other = house.token(Purpose.UNSUBSCRIBE, message_class=MessageClass.CARE, channel=Channel.CARD)
    house.post(f"/unsubscribe?token={other}", ONE_CLICK)
    assert [row[:3] for row in house.rows("suppressions")] == [("card", HASH, "care")]


def test_the_page_after_it_offers_preferences(tmp_path: Path) -> None:
    house = desk(tmp_path)
    answer = house.post(f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}", {"confirm": "yes"})
    assert "no more news and offers by e-mail" in answer.body
    link = answer.body.partition('href="/preferences?token=')[2].partition("&")[0]
    assert house.get(f"/preferences?token={link}").status == 200


def test_an_old_letter_still_unsubscribes_but_opens_no_form(tmp_path: Path) -> None:
    house = desk(tmp_path)
    old = date(2020, 1, 1)
    answer = house.post(f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE, day=old)}", ONE_CLICK)
    assert answer.status == 200
    assert "/preferences" not in answer.body
    for page in ("preferences", "survey/autumn-survey"):
        target = f"/{page}?token={house.token(Purpose(page.partition('/')[0]), day=old)}"
        assert house.get(target).status == 404
        assert house.post(target, {"sent": "yes", "quality": "5"}).status == 404
    assert house.rows("preferences") == house.rows("submissions") == []


@pytest.mark.parametrize("page", PAGES[:3])
def test_no_token_of_others_opens_anything_and_none_is_told_why(page: str, tmp_path: Path) -> None:
    house = desk(tmp_path)
    purpose = Purpose(page.partition("/")[0])
    good = house.token(purpose)
    wrong = Purpose.PREFERENCES if purpose is Purpose.UNSUBSCRIBE else Purpose.UNSUBSCRIBE
    foreign = seal(sealer(bytes(32 * [7])), replace(CLAIM, purpose=purpose))
    turned = ("A" if good[9] != "A" else "B").join((good[:9], good[10:]))
    bad = ("", "x", "%00", "A" * 5000, "%C3%BC", good[:-1], turned, foreign, house.token(wrong))
    answers = {
        house.post(f"/{page}?token={token}", {"confirm": "1", "sent": "1", "quality": "4"}).body for token in bad
    }
    assert len(answers) == 1, "the page differs"
    assert "This link opens nothing" in answers.pop()
    assert all(
        house.get(f"/{page}?token={token}", client=f"2001:db8:{n}::1").status == 404 for n, token in enumerate(bad)
    )
    assert not any(house.everything().values())


def test_every_answer_keeps_to_itself(tmp_path: Path) -> None:
    house = desk(tmp_path)
    token = house.token(Purpose.UNSUBSCRIBE)
    answers = [
        house.get(f"/unsubscribe?token={token}"),
        house.post(f"/unsubscribe?token={token}", ONE_CLICK),
        house.get("/nothing"),
        house.get("/complaint", "DELETE"),
        house.post("/complaint", b"x" * (LARGEST + 1)),
    ]
    assert [answer.status for answer in answers] == [200, 200, 404, 405, 413]
    for answer in answers:
        said = {name: answer.headers[name.lower()] for name, _ in HEADERS}
        assert said == dict(HEADERS)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["strict-transport-security"]
        assert "<script" not in answer.body
        assert 'style="' not in answer.body


def test_a_body_of_64_kb_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    house = desk(tmp_path)
    fill = b"words=ok&more="
    assert house.post("/complaint", fill + b"x" * (LARGEST - len(fill))).status == 200
    assert house.post("/complaint", fill + b"x" * (LARGEST - len(fill) + 1)).status == 413
    # Without a length, and in pieces.
    chunks = [fill, *[b"x" * 4096] * 17]
    assert ask(house.app, "/complaint", "POST", chunks, {"content-type": FORM}).status == 413
    assert len(house.rows("submissions")) == 1


def test_a_form_of_another_site_is_refused(tmp_path: Path) -> None:
    house = desk(tmp_path)
    for headers in (
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "origin": "https://hello.lanternandloom.example"},
        {"origin": "https://evil.example"},
    ):
        assert house.post("/complaint", {"words": "x"}, **headers).status == 403
    assert house.rows("submissions") == []
    for headers in ({}, {"sec_fetch_site": "same-origin", "origin": "null"}, {"origin": "null"}):
        assert house.post("/complaint", {"words": "x"}, **headers).status == 200
    assert house.post("/complaint", {"words": "y"}, origin="https://hello.lanternandloom.example").status == 200


def test_a_flood_is_stopped_for_who_floods_and_for_nobody_else(tmp_path: Path) -> None:
    house = desk(tmp_path)
    flood = [house.get("/unsubscribe?token=x").status for _ in range(BURST + 2)]
    assert flood == [404] * BURST + [429] * 2
    assert house.get("/complaint").headers["retry-after"] == str(int(SECONDS))
    assert house.get("/complaint", client="203.0.113.10").status == 200
    # A mail provider's one machine unsubscribes many people.
    keys = [f"{number:064x}" for number in range(BURST + 5)]
    tokens = [house.token(Purpose.UNSUBSCRIBE, address_key=key) for key in keys]
    assert {house.post(f"/unsubscribe?token={token}", ONE_CLICK).status for token in tokens} == {200}
    house.clock.ticks += SECONDS
    assert [house.get("/complaint").status for _ in range(2)] == [200, 429]


def test_buckets_forget_the_oldest_callers_and_stay_small() -> None:
    buckets = Buckets(lambda: 0.0)
    for number in range(MOST + 10):
        buckets.take(str(number))
    assert len(buckets.levels) == MOST
    assert "0" not in buckets.levels


def test_an_ipv6_network_is_one_caller() -> None:
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2::9") != neighbourhood("2001:db8:1:3::4")
    assert neighbourhood("192.0.2.1") != neighbourhood("192.0.2.2")
    assert neighbourhood("unix") == "unix"


def test_nothing_is_redirected_so_that_no_post_is_lost(tmp_path: Path) -> None:
    house = desk(tmp_path)
    token = house.token(Purpose.UNSUBSCRIBE)
    assert house.post(f"/unsubscribe/?token={token}", ONE_CLICK).status == 404
    assert house.rows("suppressions") == []


def test_a_receiver_below_a_path_answers_there(tmp_path: Path) -> None:
    shop = replace(desk(tmp_path).setting.shop, receiver="https://lanternandloom.example/hello")
    house = desk(tmp_path, shop=shop)
    assert house.get("/hello/complaint").status == 200
    assert 'action="/hello/complaint"' in house.get("/hello/complaint").body
    assert house.get("/complaint").status == 404
    assert house.get("/hello/static/receiver.css").headers["content-type"].startswith("text/css")


def test_pages_speak_the_readers_language(tmp_path: Path) -> None:
    house = desk(tmp_path)
    for accepts, language in (
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr, en;q=0.4, zh;q=0.3", "en"),
        ("fr", "en"),
        (",;=q q;;", "en"),
        ("zh;q=0", "en"),
    ):
        assert f'<html lang="{language}"' in house.get("/complaint", accept_language=accepts).body
    assert '<html lang="zh"' in house.get("/complaint?lang=zh").body
    assert 'action="/complaint?lang=zh"' in house.get("/complaint?lang=zh").body
    assert '<html lang="en"' in house.get("/complaint?lang=%22%3Ex").body


def test_a_sick_ledger_is_told_by_the_health_check_and_loses_no_words(tmp_path: Path) -> None:
    house = desk(tmp_path)
    assert house.get("/health").body == "ok\n"
    for file in tmp_path.iterdir():
        file.unlink()
    house.setting.ledger.mkdir()
    assert house.get("/health").status == 503
    answer = house.post("/complaint", {"words": "The <seam> came apart"})
    assert answer.status == 503
    assert "The &lt;seam&gt; came apart" in answer.body
    assert house.post(f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}", ONE_CLICK).status == 503


def test_a_ledger_that_cannot_be_kept_stops_the_receiver_before_it_starts(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(Unusable, match="cannot be opened"):
        desk(tmp_path)


def test_a_fault_of_ours_is_told_without_a_word_of_the_visitor(tmp_path: Path) -> None:
    house = desk(tmp_path)

    def broken() -> float:
        raise RuntimeError("secret words")

    ill = desk(tmp_path, ticks=broken)
    answer = ill.get(f"/unsubscribe?token={house.token(Purpose.UNSUBSCRIBE)}")
    assert answer.status == 500
    assert "Something is wrong on our side" in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert len(ill.faults) == 1
    assert "RuntimeError" in ill.faults[0]
    assert "secret" not in ill.faults[0]
