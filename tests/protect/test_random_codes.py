"""How many wrong codes the check characters let through, of all there are."""

from __future__ import annotations

from fractions import Fraction

from sitegen.protect import code

LENGTH = 28
LETTERS = 32


def test_goal_14_at_most_one_random_code_in_a_thousand_gets_past_the_check_characters() -> None:
    # The sums are linear (test_code.py), and the last two characters alone give each pair of sums once: so whatever
    # stands before them, one ending of 1,024 passes.
    endings = [[0] * (LENGTH - 2) + [one, other] for one in range(LETTERS) for other in range(LETTERS)]
    sums = [code.syndromes(ending) for ending in endings]
    assert len(set(sums)) == len(sums) == LETTERS**2
    assert 1 - Fraction(sums.count((0, 0)), len(sums)) >= Fraction(999, 1000)
