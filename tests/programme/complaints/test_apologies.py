"""An apology that fits anybody is mechanical: words that everybody writes, or words that somebody else got already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content.law_file import built_in_law
from sitegen.model.law import Excuse
from sitegen.model.tree import Place
from sitegen.programme.complaints.apologies import Apology, Mechanical, Tongue, boiler_plate, mechanical
from sitegen.programme.law.likeness import TOKEN

LAW = built_in_law()
TONGUE = Tongue(LAW, "en", 70)
SEAM = "I am sorry that the seam of your quilt opened; I looked at it under the lamp and saw our thread was too thin"
ALMOST = "I am sorry that the seam of your throw opened; I looked at it under the lamp and saw our thread was too thin"
WAIT = "Nobody said good day to you on Saturday, and I was one of them; I am ashamed of these ten minutes"


def apology(complaint: str, words: str, day: int = 1) -> Apology:
    return Apology(complaint, date(2026, 9, day), words)


def test_an_apology_in_ones_own_words_is_not_mechanical() -> None:
    assert mechanical([apology("B-2", WAIT)], [apology("B-1", SEAM), apology("B-2", WAIT)], TONGUE) == {}


def test_what_everybody_writes_is_named_as_it_stands_there() -> None:
    words = "We sincerely apologise for any inconvenience caused. Your satisfaction is very important to us."

    assert mechanical([apology("B-1", words)], [], TONGUE) == {
        "B-1": Mechanical(("sincerely apologise for any inconvenience caused", "Your satisfaction is very important"))
    }


def test_chinese_boiler_plate_is_found_too() -> None:
    assert boiler_plate("给您带来不便，我们深表歉意", TONGUE)


def test_a_phrase_that_the_shop_excepts_may_be_said() -> None:
    excuse = Excuse("boiler-plate", "rest assured", "", "our founder says it", Place("content/law.yaml", 1, 1))
    own = replace(TONGUE, law=replace(LAW, excuses=(excuse,)))

    assert boiler_plate("Rest assured that I mend it", TONGUE) == ("Rest assured",)
    assert boiler_plate("Rest assured that I mend it", own) == ()


def test_the_later_of_two_that_are_alike_is_mechanical() -> None:
    both = [apology("B-1", SEAM, 1), apology("B-2", ALMOST, 2)]

    assert mechanical(both, both, TONGUE) == {"B-2": Mechanical(like="B-1", share=91)}
    assert mechanical(both, both, replace(TONGUE, likeness=92)) == {}


def test_of_several_that_are_alike_the_nearest_is_named() -> None:
    judged = apology("B-3", SEAM, 3)

    found = mechanical([judged], [apology("B-1", ALMOST, 1), apology("B-2", SEAM, 2), judged], TONGUE)

    assert found == {"B-3": Mechanical(like="B-2", share=100)}


def test_chinese_apologies_are_compared_by_their_characters() -> None:
    one = apology("B-1", "那天没有人向您问好，我也在场，真的很惭愧", 1)
    two = apology("B-2", "那天没有人向您问好，我也在店，真的很惭愧", 2)

    assert set(mechanical([one, two], [one, two], TONGUE)) == {"B-2"}


def test_a_verdict_reads_as_a_sentence() -> None:
    assert str(Mechanical(("any inconvenience",), "B-1", 80)) == (
        "says what everybody writes: 'any inconvenience', and has 80 % of its words from the apology to B-1"
    )


letters = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9).map(" ".join)


@given(st.lists(letters, max_size=8), st.integers(1, 100))
@settings(max_examples=300, deadline=None)
def test_no_likeness_is_missed_by_looking_at_rare_words_only(texts: list[str], likeness: int) -> None:
    all_of_them = [apology(f"B-{number}", text, number + 1) for number, text in enumerate(texts)]

    found = mechanical(all_of_them, all_of_them, replace(TONGUE, likeness=likeness))

    sets = [set(TOKEN.findall(text)) for text in texts]
    expected = {
        f"B-{later}"
        for later, own in enumerate(sets)
        for other in sets[:later]
        if len(own & other) * 100 >= likeness * len(own | other)
    }
    assert set(found) == expected
