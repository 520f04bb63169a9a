"""The cards that are looked at before the print are the ones where something is likely to go wrong."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.card import Card
from sitegen.render.cards.proof_picks import RANDOM, ProofPicker
from tests.render.cards.conftest import LATIN

MANY = tuple(
    replace(LATIN, record=number, customer_id=f"c{number:04d}", name=f"Anna Lee {number % 9}", greeting="<p>Hello</p>")
    for number in range(1, 41)
)


def _reasons(cards: tuple[Card, ...], campaign: str = "moon") -> dict[int, tuple[str, ...]]:
    picker = ProofPicker(campaign)
    for card in cards:
        picker.look(card)
    return {pick.card.record: pick.reasons for pick in picker.picked()}


def test_the_longest_and_the_shortest_are_picked_and_the_reason_is_said() -> None:
    cards = (
        *MANY[:8],
        replace(MANY[8], name="Maximiliane Featherstonehaugh-Great"),
        replace(MANY[9], name="Bo"),
        replace(MANY[10], greeting="<p>Hello, and once more hello</p>"),
        replace(MANY[11], greeting="<p>Hi</p>"),
        replace(MANY[12], lines=("A rather long house name", *LATIN.lines)),
        *MANY[13:],
    )
    found = _reasons(cards)
    assert {record: found[record] for record in range(9, 14)} == {
        9: ("the longest name",),
        10: ("the shortest name",),
        11: ("the longest greeting",),
        12: ("the shortest greeting",),
        13: ("the longest address",),
    }


def test_a_chinese_name_on_an_english_card_and_a_latin_one_on_a_chinese_are_picked() -> None:
    why = "a name in another script than the card's language"
    assert why in _reasons((*MANY, replace(MANY[0], record=50, name="欧阳晓明")))[50]
    chinese = tuple(replace(card, language="zh-CN", name="欧阳晓明") for card in MANY)
    assert why in _reasons((*chinese, replace(chinese[0], record=50, name="Ada Lo")))[50]
    assert all(why not in reasons for reasons in _reasons(chinese).values())


def test_accents_are_no_other_script() -> None:
    assert all("script" not in reason for reasons in _reasons((LATIN,)).values() for reason in reasons)


def test_the_smallest_letters_are_picked_where_the_sizes_are_known() -> None:
    picker = ProofPicker("moon")
    for card in MANY:
        picker.look(card, step=2 if card.record == 30 else 0)
    assert [pick.card.record for pick in picker.picked() if "the smallest letters" in pick.reasons] == [30]


def test_three_are_picked_by_chance_and_every_campaign_has_its_own() -> None:
    picks = {
        campaign: [record for record, reasons in _reasons(MANY, campaign).items() if reasons == ("picked by chance",)]
        for campaign in ("moon", "spring", "winter", "harvest")
    }
    assert all(len(records) == RANDOM for records in picks.values())
    assert len({tuple(records) for records in picks.values()}) > 1


def test_one_card_is_picked_once_with_all_its_reasons() -> None:
    (reasons,) = _reasons(MANY[:1]).values()
    assert len(reasons) == 5


def test_no_cards_make_no_proof() -> None:
    assert ProofPicker("moon").picked() == ()


@given(st.permutations(MANY), st.integers(0, 40))
def test_chance_does_not_depend_on_the_order_and_the_proof_stays_small(cards: list[Card], count: int) -> None:
    picker, other = ProofPicker("moon"), ProofPicker("moon")
    for card in cards[:count]:
        picker.look(card)
    for card in sorted(cards[:count], key=lambda card: card.record):
        other.look(card)
    assert len(picker.picked()) <= min(count, 10)
    assert [one for one, _ in picker._chance] == [one for one, _ in other._chance]
    records = [pick.card.record for pick in picker.picked()]
    assert records == sorted(set(records))
