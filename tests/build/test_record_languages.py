"""What a member's record says in which language."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.data.members import MemberRow
from tests.build.test_keyrings import Made, of_rows, of_shop, row, shop_in, task_of

SPOKEN = "languages: [en, zh]\nwords: {zh: {Silver: 银卡会员}}\n"
PAGE = "{{ tier }} {{ points | number }} {{ member_since | date }}"
CUSTOMERS = """\
customer_id,first_name,language,member_since,email
C-1,Ada,en,2020-05-06,
C-2,洋,zh,2020-05-06,
C-3,Zoé,fr,2020-05-06,
C-4,Max,,2020-05-06,
"""


def bilingual(folder: Path) -> Path:
    root = shop_in(folder, page=PAGE, customers=CUSTOMERS)
    with (root / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(SPOKEN)
    (root / "content" / "pages" / "welcome.zh.md").write_text(
        f"---\ntitle: 您的房间\nlayout: member-home\n---\n{PAGE}\n", encoding="utf-8"
    )
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The keyrings of a shop that speaks two languages, one of them its own."""
    return of_shop(bilingual(tmp_path_factory.mktemp("bilingual")))


def test_a_record_is_spelled_in_the_language_of_its_member(made: Made) -> None:
    since = {number: made.slot(f"C-{number}").record["member_since|date"] for number in (1, 2, 3, 4)}
    assert since == {1: "6 May 2020", 2: "2020年5月6日", 3: "6 May 2020", 4: "6 May 2020"}


def test_a_record_names_a_language_that_the_shop_speaks_and_no_other(made: Made) -> None:
    named = [made.slot(f"C-{number}").record.get("language") for number in (1, 2, 3, 4)]
    assert named == ["en", "zh", None, None]


def test_words_of_the_shop_are_translated_and_names_of_people_are_not(tmp_path: Path) -> None:
    rows: list[MemberRow] = [row(number, first_name="Silver", tier="Silver", language=one)
                             for number, one in ((1, "en"), (2, "zh"))]  # fmt: skip
    made = of_rows(task_of(bilingual(tmp_path)), rows)
    records = [made.slot(f"C-{number}").record for number in (1, 2)]
    assert [record["tier"] for record in records] == ["Silver", "银卡会员"]
    assert {record["first_name"] for record in records} == {"Silver"}


def test_a_shop_of_one_language_keeps_no_language_of_its_members(tmp_path: Path) -> None:
    made = of_shop(shop_in(tmp_path, page=PAGE, customers=CUSTOMERS))
    assert "language" not in made.slot("C-2").record
    assert made.slot("C-2").record["member_since|date"] == "6 May 2020"
