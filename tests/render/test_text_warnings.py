"""Characters that make texts dear are named where they stand, with what says the same."""

from __future__ import annotations

from sitegen.model.channel import Channel, Kind
from sitegen.render.text.warnings import dear_characters
from tests.render.mail_shop import campaign

FILE = "content/campaigns/wish.md"


def notices(markdown: str, channel: Channel = Channel.TEXT) -> list[tuple[int, int, str, str]]:
    what = campaign(markdown, Kind.CONTACT, channels=(channel,))
    found = dear_characters(what)
    assert {problem.file for problem in found} <= {FILE}
    return [(problem.line, problem.column, problem.message, problem.hint) for problem in found]


def test_a_character_is_named_where_it_stands_first() -> None:
    assert notices(
        'Dear {{ first_name or "friend" }},\n\n{{ city }} misses you – we’ve said so, and we’ll say it.'
    ) == [
        (10, 23, "'– U+2013 EN DASH' leaves a text room for 70 characters instead of 160", "write '-' instead"),
        (
            10,
            27,
            "'’ U+2019 RIGHT SINGLE QUOTATION MARK', 2 times, leaves a text room for 70 characters instead of 160",
            'write "\'" instead',
        ),
    ]


def test_a_hard_space_an_entity_and_a_fallback_are_seen_too() -> None:
    found = notices('A\u00a0wish&mdash;for {{ first_name or "l’ami" }}')
    assert [(line, column, hint) for line, column, _, hint in found] == [
        (8, 2, "write ' ' instead"),
        (8, 7, "write '-' instead"),
        (8, 18, 'write "\'" instead'),
    ]


def test_what_nothing_replaces_is_to_be_left_out() -> None:
    (notice,) = notices("A light for you 🏮")
    assert notice[3] == "leave it out"


def test_a_language_that_needs_such_letters_is_left_in_peace() -> None:
    assert notices("今夜月圆——愿您安好。") == []
    assert notices("С днём рождения – от нас") == []


def test_a_text_of_the_alphabet_and_a_mail_have_no_notice() -> None:
    assert notices('Dear {{ first_name or "friend" }}, {rest} well [today]. 5 €') == []
    assert notices("We’ve kept your chair.", Channel.MAIL) == []
