"""Texts and the words that an index holds of them; Python and the browser must both find these."""

from __future__ import annotations

WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ()),
    ("Linen, washed", ("linen", "washed")),
    ("Straße ẞ Ærø Œuvre Łódź Þór", ("strasse", "ss", "aero", "oeuvre", "lodz", "thor")),
    ("café cafe\u0301 CAFÉ", ("cafe", "cafe", "cafe")),
    ("İstanbul ılık", ("istanbul", "ilik")),
    ("ΣΑΣ Σάς", ("σασ", "σασ")),
    ("Ёлка Йод", ("елка", "иод")),
    ("1,250 points, 40 °C", ("1", "250", "points", "40", "c")),
    ("ﬁne １２ ＡＢ ½", ("fine", "12", "ab", "1", "2")),
    ("snake_case can't x-ray", ("snake", "case", "can", "t", "x", "ray")),
    ("茶", ("茶",)),
    ("中秋节", ("中秋", "秋节")),
    ("喝tea茶", ("喝", "tea", "茶")),
    ("人々", ("人々",)),
    ("がんばる", ("かん", "んは", "はる")),
    ("\U00020b9f家", ("\U00020b9f家",)),
    ("한국", ("\u1112\u1161\u11ab\u1100\u116e\u11a8",)),
    ("🧵 needle", ("needle",)),
    ("constructor __proto__", ("constructor", "proto")),
)
