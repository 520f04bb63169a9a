"""Gallery's own card designs go through the whole press: printed, read back, and found fit by preflight."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.cli.main import run

pytestmark = pytest.mark.slow
SHOP = Path(__file__).parents[1] / "broken" / "base"
GREETINGS = {
    "en": 'Dear {{ first_name or "friend" }},\n\nthe evenings grow cool, and we thought of you and of your *linen*.',
    "zh": '亲爱的{{ first_name or "朋友" }}：\n\n天凉了，我们想起了您。愿您的屋子一直暖和。',
}


@pytest.mark.parametrize("design", ["warp-and-weft", "open-door"])
@pytest.mark.parametrize("language", GREETINGS)
def test_a_card_of_gallery_is_printed_and_passes_preflight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, design: str, language: str
) -> None:
    shop = Path(shutil.copytree(SHOP, tmp_path / "shop"))
    with (shop / "content/site.yaml").open("a", encoding="utf-8") as setting:
        setting.write("theme: gallery\nlanguages: [en, zh]\n")
    front = f"title: A thought\nkind: letter\naudience: gold\nchannels: [card]\non: 2026-09-22\ncard: {design}\n"
    text = f"---\n{front}language: {language}\n---\n{GREETINGS[language]}\n"
    (shop / "content/campaigns/autumn-card.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(shop)
    assert run(["cards", "autumn-card", "--on", "2026-09-08", "--quiet"]) == 0
    (printed,) = (shop / "output/cards/autumn-card").glob("cards-*.pdf")
    assert run(["preflight", str(printed)]) == 0
