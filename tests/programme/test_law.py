"""The message law: what is read as what, by which rules, and what the shop may say all the same."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.law_file import built_in_law
from sitegen.model.channel import Kind, MessageClass
from sitegen.model.law import Excuse, Law, Level, Look, Part, Piece, Spelling, Tongue, Words, Writing
from sitegen.model.tree import Place
from sitegen.programme.law.likeness import resemblance, shingles
from sitegen.programme.law.matching import spans
from sitegen.programme.law.phrases import BadPhrase, parse
from sitegen.programme.law.prose import Prose, prose
from sitegen.programme.law.verdict import judge
from tests.programme.law_shop import NEEDED, Guilty, Innocent, guilty, innocent, rules, told, whole, writing

LAW = built_in_law()
ALL_GUILTY = [*guilty("en"), *guilty("zh")]
SAID = [example for example in ALL_GUILTY if example.rule not in NEEDED]
ALL_INNOCENT = [*innocent("en"), *innocent("zh")]
SPELLING = Spelling(numbers=("two", "twenty"), gap=20, lists=(("money", ("euro", "euros", "€")),))


def read(text: str) -> Prose:
    return prose(text, dict(LAW.characters))


def found(phrase: str, text: str, *innocent_phrases: str) -> list[str]:
    said = read(text).text
    words = Words("rule", (phrase,), innocent_phrases)
    return [said[span.start : span.stop] for span in spans(said, [(words, SPELLING)])]


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("price", "No price, no prices, priceless.", ["price"]),
        ("price*", "Priceless prices.", ["priceless", "prices"]),
        ("(our |)sale", "Our sale, a sale.", ["our sale", "sale"]),
        ("# %", "20%, 1,000.50 %, twenty-two %, x %", ["20%", "1,000.50 %", "twenty-two %"]),
        ("# <money>", "2 euros, 20€, two euro, euro", ["2 euros", "20€", "two euro"]),
        ("today ~ birthday", "Today, at last, is your birthday.", ["today, at last, is your birthday"]),
        ("today ~ birthday", "Not today. But your birthday comes.", []),
        ("today ~ birthday", "Not today\n\nyour birthday", []),
        ("^ re:", "Re: re: a letter", ["re:"]),
        ("two for one", "Two-for-one, two for\none, TWO FOR ONE", ["two-for-one", "two for one", "two for one"]),
        ("half price", "half\u00a0price", ["half price"]),
        ("half price", "half | price", []),
        ("半价", "半 价，半\n价，半價", ["半价", "半价", "半价"]),
        ("#折", "買兩件8折", ["8折"]),
        ("sale", "[sale](../sale.md)s and ![sale](/assets/a.png)", ["sale"]),
        ("sale", "<!-- sale --> s<b>al</b>e, sa\u00adle, **sa**le, &#115;ale", ["sale", "sale", "sale", "sale"]),
        ("save #", "You save {{ points }} today", ["save \ufffc"]),
        ("dear friend", 'dear {{ first_name or "friend" }}', []),
        ("my friend", 'my {{ first_name or "Friend" }}', []),
        ("friend", 'my {{ first_name or "Friend" }}', ["friend"]),
    ],
)
def test_a_phrase_is_found_as_it_is_meant(phrase: str, text: str, said: list[str]) -> None:
    assert found(phrase, text) == said


def test_words_inside_an_innocent_phrase_mean_no_harm_but_their_neighbours_do() -> None:
    assert found("price", "At any price, and then the price.", "at any price") == ["price"]


@pytest.mark.parametrize("phrase", ["", "#", "(a", "a)", "<coins>", "a < b", "~", "(a|)", "# ~", "*"])
def test_a_phrase_that_says_nothing_or_never_ends_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        parse(phrase, SPELLING)


@given(st.text(alphabet="ab (|)#~*^<>%-", max_size=12), st.text(alphabet="ab %-1.", max_size=30))
def test_any_phrase_is_read_or_refused_and_then_found_or_not(phrase: str, text: str) -> None:
    try:
        parse(phrase, SPELLING)
    except BadPhrase:
        return
    assert all(0 <= span.start < span.stop <= len(text) for span in spans(text, [(Words("r", (phrase,)), SPELLING)]))


@given(st.text())
def test_every_character_that_is_read_was_written_and_in_order(text: str) -> None:
    said = read(text)
    assert len(said.text) == len(said.offsets)
    assert list(said.offsets) == sorted(said.offsets)
    assert all(0 <= offset < len(text) for offset in said.offsets)


@given(st.sampled_from(ALL_INNOCENT), st.sampled_from(ALL_INNOCENT))
def test_an_innocent_text_stays_innocent_when_innocent_words_are_added(one: Innocent, other: Innocent) -> None:
    alike = [example.text for example in (one, other) if example.kind is one.kind]
    assert told(whole("\n\n".join(alike), one.kind, one.language)) == []


@given(st.sampled_from(SAID), st.sampled_from(ALL_INNOCENT), st.booleans())
def test_forbidden_words_stay_forbidden_among_innocent_ones(example: Guilty, other: Innocent, before: bool) -> None:
    text = f"{other.text}\n\n{example.text}" if before else f"{example.text}\n\n{other.text}"
    assert example.rule in rules(whole(text, example.kind, example.language))


@given(st.sampled_from(SAID), st.randoms(use_true_random=False))
def test_neither_case_nor_width_nor_invisible_characters_help(example: Guilty, random: object) -> None:
    assert hasattr(random, "random")
    changed = "".join(_disguised(character, random.random()) for character in example.text)
    assert example.rule in rules(whole(changed, example.kind, example.language)), changed


def _disguised(character: str, chance: float) -> str:
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" and character not in "*_`[]()<>{}|\\&" else character
    upper = character.upper() if len(character.upper()) == 1 else character
    return (character, upper, wide if wide.isalnum() or wide == "％" else character, f"{character}\u200b")[
        int(chance * 4)
    ]


def test_the_disguises_are_what_they_say() -> None:
    assert unicodedata.normalize("NFKC", _disguised("a", 0.6)) == "a"
    assert [_disguised("a", chance) for chance in (0.1, 0.3, 0.6, 0.9)] == ["a", "A", "ａ", "a\u200b"]


def test_a_rule_holds_for_its_kinds_and_classes_and_not_for_the_exempt() -> None:
    rule = replace(LAW.rules[0], kinds=frozenset({Kind.SURVEY}), classes=frozenset({MessageClass.CARE}))
    assert rule.holds(Kind.SURVEY, MessageClass.SURVEY)
    assert rule.holds(Kind.THANKS, MessageClass.CARE)
    assert not rule.holds(Kind.NEWS, MessageClass.PROMOTION)
    assert not replace(rule, exempt=frozenset({Kind.THANKS})).holds(Kind.THANKS, MessageClass.CARE)


def test_an_event_sells_only_if_it_says_nothing_else() -> None:
    care = writing("Tea, and 20 % off.", Kind.EVENT)
    assert rules(care) == {"discount"}
    assert "an event message that does not sell offers none" in told(care)[0][1]
    assert rules(replace(care, message_class=MessageClass.PROMOTION)) == set()


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("https://shop.example/a?utm_source=x", "counted-link"),
        ("https://shop.example/a?b=c&GCLID=1", "counted-link"),
        ("https://shop.example/products/quilt", "product-link"),
        ("https://item.taobao.com/item.htm?id=1", "product-link"),
    ],
)
@pytest.mark.parametrize("form", ["[here]({})", "<{}>", "{}", "[here][1]\n\n[1]: {}", "[![a moon](/assets/a.png)]({})"])
def test_care_leads_to_nothing_for_sale_and_counts_nobody(link: str, rule: str, form: str) -> None:
    text = form.format(link)
    assert rules(writing(text)) == {rule}
    assert rules(writing(text, Kind.PROMOTION)) == set()


@pytest.mark.parametrize("form", ["[here]({})", "[here][1]\n\n[1]: {}", "[![a moon](/assets/a.png)]({})"])
@pytest.mark.parametrize("link", ["promotion.md", "../campaigns/promotion.md#prices", "2026/../promotion.md"])
def test_care_leads_to_no_campaign_that_sells(form: str, link: str) -> None:
    promotion = replace(writing("All of it.", Kind.PROMOTION), id="campaigns/promotion.md")
    wish = writing(form.format(link))
    assert rules(promotion, wish) == {"product-link"}
    assert rules(replace(promotion, kind=Kind.THANKS, message_class=MessageClass.CARE), wish) == set()


def test_a_link_is_judged_by_its_address_and_its_words_by_what_they_say() -> None:
    innocent_link = writing("[A moon](https://moon.example/half-price-discount-sale-now) over the roofs.")
    assert rules(innocent_link) == set()
    assert rules(writing("[Half price](https://moon.example/)")) == {"discount"}


def test_a_picture_is_a_products_where_its_path_says_so_or_a_promotion_shows_it() -> None:
    assert rules(writing("![Moon](/assets/products/quilt.png)")) == {"product-picture"}
    wish = writing("![Moon](/assets/quilt.png)")
    assert rules(wish) == set()
    assert rules(wish, writing("![Quilt](/assets/quilt.png) 20 % off", Kind.NEWS)) == {"product-picture"}


def test_the_shops_figures_stay_out_of_a_greeting() -> None:
    text = "Happy Easter, you have {{ points | number }} of them."
    assert rules(writing(text)) == {"shop-figures"}
    assert rules(writing(text, Kind.THANKS)) == set()


@pytest.mark.parametrize("subject", ["Re: your letter", "FWD: hello", "回复：您的信", "AW: Hallo"])
def test_a_subject_is_no_answer_to_a_letter_that_nobody_wrote(subject: str) -> None:
    line = writing(subject, Kind.PROMOTION, part=Part.SUBJECT)
    assert rules(line) == {"false-reply"}
    assert rules(writing(subject, Kind.PROMOTION)) == set()


@pytest.mark.parametrize("subject", ["COME AND SEE IT", "Urgent: your quilt", "Hello!!", "恭喜您获得大奖"])
def test_a_subject_that_shouts_or_misleads_is_a_warning(subject: str) -> None:
    verdict = judge([writing(subject, Kind.PROMOTION, part=Part.SUBJECT)], LAW)
    assert verdict.mistakes == ()
    assert len(verdict.warnings) == 1


def test_a_short_name_in_capitals_does_not_shout() -> None:
    assert judge([writing("VIP TEA", part=Part.SUBJECT)], LAW).warnings != ()
    assert judge([writing("USA", part=Part.SUBJECT), writing("今天是", part=Part.SUBJECT)], LAW).warnings == ()


def test_a_birthday_message_says_its_day_and_its_wish_in_words_that_everybody_gets() -> None:
    place = Place("content/campaigns/wish.md", 10, 1)
    wish = Piece(Part.BODY, "We wish you joy.", place)
    today = Piece(Part.BODY, "Today is your birthday.", place)
    one = replace(writing("", Kind.BIRTHDAY), pieces=(wish, today))
    assert rules(one) == set()
    assert rules(replace(one, pieces=(wish, replace(today, everyone=False)))) == {"birthday-today"}
    assert rules(replace(one, pieces=(today,))) == {"birthday-wish"}
    subject = replace(today, part=Part.SUBJECT)
    assert rules(replace(one, pieces=(wish, subject))) == {"birthday-today"}
    assert rules(replace(one, pieces=(wish, subject), only_mail=True)) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Today is your birthday by the moon. May the year be kind."),
        ("zh", "今天是您的农历生日，祝您福寿安康。"),
        ("zh", "今天是您的陰曆生日，願您平安。"),
        ("zh-Hant", "今日是您的壽辰，祝您平安喜樂。"),
    ],
)
def test_a_lunar_birthday_is_one_too(language: str, text: str) -> None:
    assert rules(writing(text, Kind.BIRTHDAY, language)) == set()


def test_a_birthday_in_a_language_without_words_is_not_asked_for_them_but_told_of() -> None:
    verdict = judge([writing("Heute wirst du alt.", Kind.BIRTHDAY, "de")], LAW)
    assert verdict.mistakes == ()
    assert [problem.code for problem in verdict.warnings] == ["no-law"]


def test_german_words_are_not_mistaken_for_english_ones_but_figures_and_chinese_count() -> None:
    assert rules(writing("Das Gift im Sale von Venedig war ein discount.", language="de")) == set()
    assert rules(writing("Jetzt 20 % für alle.", language="de")) == {"discount"}
    assert rules(writing("Frohes Fest! 半价", language="de")) == {"discount"}


def test_latin_words_in_a_chinese_text_are_english_and_chinese_ones_count_in_an_english_text() -> None:
    assert rules(writing("中秋快乐！BIG SALE 等着您。", language="zh")) == {"discount"}
    assert rules(writing("С Рождеством! Big sale!", language="ru")) == {"discount"}
    assert rules(writing("Happy Mid-Autumn! 全场八折", language="en")) == {"discount"}


def own(law: Law, *phrases: str) -> Law:
    spelling = law.tongues[0].spelling
    return replace(law, tongues=(*law.tongues, Tongue("", spelling, (Words("discount", phrases),), own=True)))


def test_the_shops_own_words_count_in_every_language_and_end_the_warning() -> None:
    law = own(LAW, "rabatt*")
    verdict = judge([writing("Frohe Weihnachten, und Rabatte!", language="de")], law)
    assert [problem.code for problem in verdict.mistakes] == ["law-discount"]
    assert verdict.warnings == ()


def excuse(rule: str = "price", phrase: str = "", file: str = "") -> Excuse:
    return Excuse(rule, phrase, file, "it is a poem", Place("content/law.yaml", 2, 5))


PRICED = "A happy Easter; the **price** of a *song* is a song."


@pytest.mark.parametrize(
    ("one", "left"),
    [
        (excuse(phrase="the price of a song"), set()),
        (excuse(phrase="The Price of a Song"), set()),
        (excuse(phrase="price"), set()),
        (excuse(phrase="price", file="campaigns/wish.md"), set()),
        (excuse(file="campaigns/wish.md"), set()),
        (excuse(phrase="price", file="campaigns/other.md"), {"price"}),
        (excuse(phrase="the price of a quilt"), {"price"}),
        (excuse(phrase="song"), {"price"}),
        (excuse(rule="discount", phrase="price"), {"price"}),
    ],
)
def test_an_exception_excuses_its_words_where_they_stand(one: Excuse, left: set[str]) -> None:
    law = replace(LAW, excuses=(one,))
    assert rules(writing(PRICED), law=law) == left
    unused = [problem.code for problem in judge([writing(PRICED)], law).warnings]
    assert unused == (["unused-exception"] if left else [])


def test_an_exception_does_not_excuse_the_same_words_elsewhere() -> None:
    law = replace(LAW, excuses=(excuse(phrase="the price of a song"),))
    assert len(told(writing(f"{PRICED}\n\nAnd the price of a quilt."), law=law)) == 1


def test_a_finding_has_the_place_of_the_very_words() -> None:
    (problem,) = judge([writing("A wish,\nand {{ first_name or 'x' }} 20 % off.")], LAW).mistakes
    assert (problem.file, problem.line, problem.column) == ("content/campaigns/wish.md", 11, 29)
    assert problem.code == "law-discount"
    assert problem.message == "'20 % off' is a discount, and a holiday message offers none"
    assert problem.hint


def test_the_longest_words_are_told_once() -> None:
    assert told(writing("Now 20 % off the price list, or half price.")) == [
        ("discount", "'20 % off' is a discount, and a holiday message offers none"),
        ("price", "'price list' names a price, and a holiday message sells nothing"),
        ("discount", "'half price' is a discount, and a holiday message offers none"),
    ]


def test_a_draft_stops_nothing_but_is_warned_of() -> None:
    verdict = judge([replace(writing("20 % off."), draft=True)], LAW)
    assert verdict.mistakes == ()
    assert [problem.code for problem in verdict.warnings] == ["law-discount"]


LETTER = """\
I forgot your table cloth on the frame for three weeks, and then I wrote to you as if nothing were amiss.
That was unkind. I have woven it again myself, and I shall bring it on Thursday, with the bread that you like."""
ZH_LETTER = "您的桌布，我在织架上忘了三个星期，还像没事一样给您写信，实在不该。我已亲手重新织过，星期四给您送去。"


def letters(text: str, other: str, language: str = "en") -> tuple[Writing, Writing]:
    first = replace(writing(text, Kind.APOLOGY, language), id="campaigns/first.md", day="2026-03-01")
    second = replace(writing(other, Kind.APOLOGY, language), id="campaigns/second.md", day="2026-05-01")
    return first, second


@pytest.mark.parametrize(("text", "language"), [(LETTER, "en"), (ZH_LETTER, "zh")])
def test_the_later_of_two_apologies_that_say_the_same_is_refused(text: str, language: str) -> None:
    changed = text.replace("Thursday", "Friday").replace("星期四", "星期五")
    first, second = letters(text, changed, language)
    for both in ((first, second), (second, first)):
        (problem,) = judge(both, LAW).mistakes
        assert problem.code == "law-same-apology"
        assert problem.message == "this apology says the same as 'content/campaigns/first.md'"
    library = replace(first, id="messages/apology/cloth.md", day="")
    assert rules(library, second) == {"same-apology"}
    assert rules(library, replace(library, id="messages/apology/other.md")) == set()


def test_two_apologies_in_own_words_may_stand_beside_each_other_and_two_wishes_may_be_alike() -> None:
    assert (
        rules(*letters(LETTER, "The moth was ours. I found its sisters in the drawer, and burnt the drawer.")) == set()
    )
    assert rules(*(replace(one, kind=Kind.THANKS) for one in letters(LETTER, LETTER))) == set()


def test_resemblance_is_the_share_of_runs_that_both_have() -> None:
    one, other = shingles("a b c d e", 3), shingles("b c d e f", 3)
    assert resemblance(one, other) == pytest.approx(2 / 4)
    assert resemblance(one, one) == 1
    assert resemblance(one, shingles("", 3)) == 0
    assert resemblance(shingles("", 3), shingles("", 3)) == 0
    assert shingles("我爱 you", 2) == {("我", "爱"), ("爱", "you")}


@given(st.text(alphabet="ab 我"), st.text(alphabet="ab 我"))
def test_resemblance_is_even_and_between_nothing_and_all(one: str, other: str) -> None:
    found_shares = resemblance(shingles(one, 2), shingles(other, 2)), resemblance(shingles(other, 2), shingles(one, 2))
    assert found_shares[0] == found_shares[1]
    assert 0 <= found_shares[0] <= 1


def test_the_law_that_comes_along_is_whole() -> None:
    ids = [rule.id for rule in LAW.rules]
    assert len(ids) == len(set(ids))
    assert {tongue.language for tongue in LAW.tongues} == {"", "en", "zh"}
    for tongue in LAW.tongues:
        assert {words.rule for words in tongue.words} <= set(ids)
        for words in tongue.words:
            for phrase in (*words.phrases, *words.innocent):
                parse(phrase, tongue.spelling)
    spoken = [rule.id for rule in LAW.rules if rule.look in {Look.WORDS, Look.NEEDED}]
    for language in ("en", "zh"):
        (tongue,) = (one for one in LAW.tongues if one.language == language)
        assert [words.rule for words in tongue.words if words.phrases] == sorted(
            spoken, key=[words.rule for words in tongue.words].index
        )


def test_a_character_is_read_as_one_other() -> None:
    written = [written for written, _ in LAW.characters]
    assert len(written) == len(set(written))
    assert not set(written) & {read_as for _, read_as in LAW.characters}


@given(st.text(alphabet="a1%€ \n[](){}<>!*_`~|&;:.折半价元", max_size=60), st.sampled_from(Kind), st.sampled_from(Part))
def test_whatever_is_written_is_judged_and_has_its_place_in_the_text(text: str, kind: Kind, part: Part) -> None:
    lines = text.split("\n")
    for problem in judge([writing(text, kind, part=part)], LAW).mistakes:
        line, column = problem.line - 10, problem.column - 1
        assert problem.line == 3 or (0 <= line < len(lines) and 0 <= column < len(lines[line]))


def test_every_rule_names_its_source_and_what_to_do() -> None:
    for rule in LAW.rules:
        assert rule.source
        assert rule.hint
        assert rule.level in set(Level)
        assert "{words}" in rule.message or rule.look is Look.NEEDED
        assert Decimal(0) < rule.most <= 1
