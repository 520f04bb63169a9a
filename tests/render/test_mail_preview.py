"""The preview shows what readers get, to people of the shop only, and without any script."""

from html import unescape
from html.parser import HTMLParser

from sitegen.model.channel import Kind
from sitegen.render.mail.compose import Variant
from sitegen.render.mail.message import fill
from sitegen.render.mail.preview import Sample, label, preview, shortened
from tests.render.mail_shop import NEWS, POSTING, campaign, compose, recipient

PROMOTION = campaign(NEWS, Kind.PROMOTION, title="Autumn <prices>")
GOLD, SILVER = recipient(), recipient(segments=frozenset({"silver"}), address="jo@example.net")


class Frames(HTMLParser):
    """All frames of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "iframe":
            self.found.append(dict(attrs))


def page() -> str:
    samples = tuple(Sample(label, compose(PROMOTION, who), who) for label, who in (("gold", GOLD), ("silver", SILVER)))
    return preview(PROMOTION.title, samples, POSTING)


def test_each_sample_is_shown_by_day_and_by_night_in_a_frame_that_can_do_nothing() -> None:
    frames = Frames(page()).found

    assert [(frame["class"], frame["sandbox"]) for frame in frames] == [("day", None), ("night", None)] * 2
    assert frames[0]["srcdoc"] == fill(compose(PROMOTION, GOLD), GOLD, POSTING).html
    assert "prefers-color-scheme: dark" not in str(frames[1]["srcdoc"])


def test_each_sample_shows_its_own_blocks_and_text() -> None:
    gold, silver = page().split("<section>")[1:]

    assert "moonlight quilt" in gold
    assert "moonlight quilt" not in silver
    assert fill(compose(PROMOTION, SILVER), SILVER, POSTING).text in unescape(silver)


def test_the_page_has_no_script_no_address_and_no_foreign_markup() -> None:
    html = page()

    assert "script" not in Frames(html).tags
    assert "zoe@example.org" not in html
    assert "z…@example.org" in html
    assert "<h1>Autumn &lt;prices&gt;</h1>" in html
    assert shortened("jo@example.net") == "j…@example.net"


def test_a_variant_is_called_by_what_sets_it_apart() -> None:
    assert label(Variant(frozenset({"silver", "gold"}), frozenset({"adviser_name"}))) == "for gold and silver"
    assert label(Variant(frozenset(), frozenset())) == "for everybody, without an adviser"
