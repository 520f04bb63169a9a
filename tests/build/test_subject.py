"""The line in the inbox may name its reader, as the letter does."""

from __future__ import annotations

import email
import email.policy

from tests.build.conftest import Shop

LETTER = """---
title: A letter
kind: seasonal
audience: everyone
channels: [mail]
on: 2026-09-08
subject: "A cool evening, {{ first_name or 'friend' }}"
preheader: For {{ last_name }} and whoever sits beside.
---
Dear {{ first_name or "friend" }},

the evenings grow cool.
"""


def test_subject_and_preheader_are_merged_for_each_recipient(shop: Shop) -> None:
    (shop.root / "content" / "campaigns" / "by-name.md").write_text(LETTER, encoding="utf-8")
    done = shop.run("build", "--on", "2026-09-08", "--only", "mail", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    letters = sorted((shop.output / "mail" / "by-name" / "2026-09-08").glob("*.eml"))
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in letters]
    assert [letter["Subject"] for letter in read] == [f"A cool evening, {name}" for name in ("Ada", "Ben", "Cleo")]
    html = read[0].get_body(("html",))
    assert html is not None
    assert "For Holm and whoever sits beside." in html.get_content()
    assert "{{" not in html.get_content()
