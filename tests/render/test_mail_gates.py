"""What may not be sent is not composed, whether the campaign or the theme is to blame."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.channel import Kind
from sitegen.render import theme
from sitegen.render.mail import compose as mail
from sitegen.render.mail.gates import MOST_ENCODED, MOST_HTML
from tests.render.mail_shop import LETTER, NEWS, PAGE, SETTING, SHOP, campaign, compose, hearth, recipient

CAMPAIGN, THEME = "content/campaigns/wish.md", "themes/hearth/mail/"
BUTTON = "[Our page](https://shop.example/)"


def refused(markdown: str = LETTER, kind: Kind = Kind.HOLIDAY, **changes: Any) -> tuple[Problem, ...]:
    """The problems of a campaign in the default theme."""
    with pytest.raises(Mistakes) as caught:
        compose(campaign(markdown, kind, **changes), recipient(), PAGE)
    assert caught.value.exit_code is Exit.MESSAGE
    return caught.value.problems


def themed(old: str, new: str, template: str = "base.html", what: Any = None, reader: Any = None) -> mail.MailTemplate:
    """A letter in the default theme with one place changed."""
    name = f"mail/{template}"
    whole = hearth()
    assert old in whole.templates[name]
    changed = replace(whole, templates={**whole.templates, name: whole.templates[name].replace(old, new)})
    setting = replace(SETTING, templates=theme.templates(changed, {}))
    what, reader = what or campaign(), reader or recipient()
    return mail.compose(what, mail.variant(what, reader), setting)


def spoilt(old: str, new: str, template: str = "base.html") -> list[str]:
    """The problems of that letter."""
    with pytest.raises(Mistakes) as caught:
        themed(old, new, template)
    assert caught.value.exit_code is Exit.MESSAGE
    return [f"{problem.file}: {problem.message}" for problem in caught.value.problems]


def test_a_mistake_in_the_letter_is_told_with_the_place_of_the_very_words() -> None:
    (problem,) = refused("Dear friend,\n\nlook at\nour [shop](http://shop.example) today.")

    assert (problem.file, problem.line, problem.column) == (CAMPAIGN, 11, 12)
    assert problem.message == "the link 'http://shop.example' can't be opened from an e-mail"


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("[here](https://bit.ly/3x)", "the link 'https://bit.ly/3x' hides where it leads"),
        (
            "[https://bank.example/login](https://shop.example/)",
            "the link says 'https://bank.example/login' and leads to 'shop.example'",
        ),
        ("[bank.example](https://shop.example/)", "the link says 'bank.example' and leads to 'shop.example'"),
        ("[a](javascript:alert(1))", "the link 'javascript:alert(1)' can't be opened from an e-mail"),
        ("[here](https://a.example/?utm_source=x)", "counts its visitors, which only a promotion may"),
        ("![](/assets/fold.png)", "fold.png' has no words for those who can't see it"),
        ("<script>alert(1)</script>", "an e-mail can't hold <script>"),
        ('<form action="https://a.example/"><input name="a"></form>', "an e-mail can't hold <form>"),
        ('<iframe src="https://a.example/"></iframe>', "an e-mail can't hold <iframe>"),
        ('<p onclick="alert(1)">words</p>', "an e-mail can't hold 'onclick'"),
        ('<p style="background: url(https://a.example/pixel)">words</p>', "an e-mail can't hold 'url('"),
        ('<p style="display: none">cheap watches</p>', "the e-mail hides the words 'cheap watches'"),
        ('<span style="font-size:0">cheap watches</span>', "the e-mail hides the words 'cheap watches'"),
        ("<p hidden>cheap watches</p>", "the e-mail hides the words 'cheap watches'"),
    ],
)
def test_a_letter_holds_nothing_that_deceives_or_runs(markdown: str, said: str) -> None:
    problems = refused(markdown)

    assert any(said in problem.message for problem in problems)
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize(
    "markdown",
    [
        BUTTON,
        "[www.shop.example](https://shop.example/linen)",
        "[https://shop.example/linen](https://www.shop.example/linen)",
        "Write to [us](mailto:us@shop.example) or [ring](tel:+4940)",
        "Half.Way is [no.address at all](https://shop.example/)",
        "![A fold](/assets/fold.png)",
    ],
)
def test_an_honest_letter_is_composed(markdown: str) -> None:
    assert compose(campaign(markdown), recipient()).notices == ()


@pytest.mark.parametrize(
    ("old", "new", "template", "said"),
    [
        ('lang="{{ mail.language }}"', 'lang="und"', "base.html", "care.html: the e-mail's <html> has lang='und'"),
        ('dir="{{ mail.direction }}"', "", "base.html", "care.html: the e-mail's <html> has dir='' instead of"),
        ("</body>", '<img src="https://a.example/p.gif" alt="">\n</body>', "base.html", "has the width ''"),
        ("</body>", '<img src="https://a.example/p.gif" width="9">\n</body>', "base.html", "has no words for those"),
        ("</body>", '<img src="https://a.example/p" alt="" width="600">\n</body>', "base.html", "the width '600'"),
        ("</body>", '<img src="data:image/gif;base64,R0" alt="" width="1">\n</body>', "base.html", "can't hold 'data:"),
        ("</body>", '<video src="https://a.example/a.mp4"></video>\n</body>', "base.html", "hold <video>"),
        ("</style>", "@import 'https://a.example/a.css';\n</style>", "base.html", "can't hold '@import'"),
        ("</body>", '<div style="max-height:0;overflow:hidden">win</div></body>', "base.html", "hides the words 'win'"),
        (
            "{{ mail.unsubscribe_url }}",
            "{{ mail.unsubscribe_url }}?utm_source=x",
            "base.html",
            "which only a promotion may",
        ),
    ],
)
def test_a_theme_holds_nothing_that_may_not_be_sent(old: str, new: str, template: str, said: str) -> None:
    problems = spoilt(old, new, template)

    assert any(said in problem for problem in problems)
    assert all(problem.startswith(THEME) for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "template", "said"),
    [
        ("{{ mail.unsubscribe_url }}", "https://a.example/", "base.html", "HTML lacks the link to unsubscribe"),
        ("{{ mail.unsubscribe_url }}", "https://a.example/", "plain.html", "text lacks the link to unsubscribe"),
        ('{{ t("mail.reason", reason=mail.reason) }}', "", "base.html", "HTML lacks the reason"),
        ('{{ t("mail.reason", reason=mail.reason) }}', "", "plain.html", "text lacks the reason"),
        ("name=shop.hotline_name", 'name="Them"', "base.html", "HTML lacks the third party,"),
        ("name=shop.hotline_name", 'name="Them"', "plain.html", "text lacks the third party,"),
        ("phone=shop.hotline_phone", 'phone="1"', "plain.html", "text lacks the third party's telephone"),
        ('t("mail.complaint", phone=shop.phone', 't("mail.complaint", phone="1"', "base.html", "the shop's telephone"),
        ('{{ shop.address_lines | join(" · ") }}', "", "base.html", "HTML lacks the shop's address"),
        ("{% for line in shop.address_lines %}<br>{{ line }}{% endfor %}", "", "plain.html", "text lacks the shop's a"),
    ],
)
def test_a_theme_leaves_nothing_out_that_every_reader_may_expect(old: str, new: str, template: str, said: str) -> None:
    problems = spoilt(old, new, template)

    where = "plain" if template == "plain.html" else "care"
    assert all(problem.startswith(f"{THEME}{where}.html: ") for problem in problems)
    assert any(said in problem for problem in problems)


def test_with_a_receiver_the_preferences_stand_in_both_parts() -> None:
    whole = hearth()
    setting = replace(SETTING, shop=replace(SHOP, receiver="https://hello.shop.example"))
    made = mail.compose(campaign(), mail.variant(campaign(), recipient()), setting)
    uses = [use.name for piece in made.plain_fields.values() for use in piece.fields]
    assert "mail.preferences_url" in uses
    assert "mail.preferences_url" in {use.name for use in made.html.fields}

    without = {name: text.replace("mail.preferences_url", "mail.home_url") for name, text in whole.templates.items()}
    setting = replace(setting, templates=theme.templates(replace(whole, templates=without), {}))
    with pytest.raises(Mistakes, match=r"HTML lacks the link to the preferences(?s:.*)text lacks the link to the pref"):
        mail.compose(campaign(), mail.variant(campaign(), recipient()), setting)


def test_a_promotion_counts_its_own_links_and_never_the_readers() -> None:
    made = compose(campaign(NEWS + f"\n\n{BUTTON}", Kind.PROMOTION), recipient(), PAGE)

    literal = "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in made.html.parts)
    assert literal.count("utm_source=newsletter") == 3
    assert 'href="{mail.unsubscribe_url}"' in literal

    what = campaign(NEWS, Kind.PROMOTION)
    with pytest.raises(Mistakes, match="a reader's own link counts its visitors"):
        themed("{{ mail.unsubscribe_url }}", "{{ mail.unsubscribe_url }}&utm_medium=x", what=what)


def test_a_language_that_is_written_from_the_right_says_so() -> None:
    made = compose(campaign(language="ar"), recipient())

    assert '<html lang="ar" dir="rtl"' in "".join(part for part in made.html.parts if isinstance(part, str))


def test_a_mistake_in_a_mail_template_names_its_line_and_what_is_wrong() -> None:
    with pytest.raises(Mistakes) as caught:
        themed("{{ mail.day }}", "{{ mail.dya }}", "care.html")

    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (f"{THEME}care.html", 12)
    assert problem.message == "'mail' has no 'dya' (while rendering the e-mail '2026/wish')"


def test_a_letter_that_is_long_only_on_its_way_is_let_through_with_a_notice() -> None:
    words = "愿月圆，席满，心安。" * 1100

    made = compose(campaign(words), recipient())

    (notice,) = made.notices
    assert len("".join(part for part in made.html.parts if isinstance(part, str)).encode()) < MOST_HTML
    assert int(notice.message.split(" bytes")[0].rpartition(" ")[2]) > MOST_ENCODED
    assert notice.file == CAMPAIGN


def test_a_text_line_that_can_not_be_broken_is_let_through_with_a_notice() -> None:
    made = compose(campaign(f"Dear friend,\n\n    {'x' * 80}\n\nand https://a.example/{'y' * 80}"), recipient())

    (notice,) = made.notices
    assert notice.message.startswith("a line of the e-mail's text has 84 columns, more than 72: 'xxx")
