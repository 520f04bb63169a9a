"""The words of the house's own pages: what data can ask for is there, and every word is said by somebody."""

from __future__ import annotations

import re

import pytest

from sitegen.build.desk.advisers.dossiers import NEEDS, RECORD, STANDING, VALUES
from sitegen.model.report import Measure
from sitegen.model.table import STANDARD
from sitegen.programme.desk.dossier import SECTIONS
from tests.theme.test_languages import LOCALE, PLURAL, words

ROOT = LOCALE.parents[2]
FILES = ("work", "complaints", "reports")
ASKED = re.compile(r"""["'](work\.[a-z0-9_.-]*[a-z0-9_])["']""")
"""A whole key, in a template or in a module."""
BEGUN = re.compile(r"""["'](work\.[a-z0-9_.-]*\.)(?:["']|\{)""")
"""What a key begins with whose rest comes from data: `t("work.step." ~ one.step)`, f"work.report.unit.{...}"."""
VALUE = re.compile(r"""["']\.?([A-Za-z][\w .-]*)["']""")
"""Any word in quotes, by which such a rest may be called in a module or a template."""


def said() -> set[str]:
    """Every key of the house's pages in English, a counted word once, without its form."""
    keys = {key for file in FILES for key in words(f"{file}.en.yaml")}
    return {PLURAL.sub("", key) if _counted(key, keys) else key for key in keys}


def _counted(key: str, keys: set[str]) -> bool:
    """Whether this is a form of a counted word: `work.value.other` is a word of its own."""
    stem = PLURAL.sub("", key)
    return {f"{stem}.one", f"{stem}.other"} <= keys


def sources() -> str:
    paths = [*sorted((LOCALE.parent / "work").rglob("*.html")), *sorted((ROOT / "sitegen").rglob("*.py"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def unsaid(keys: set[str], text: str) -> set[str]:
    """The keys that nothing in a text of sources asks for."""
    asked, begun = set(ASKED.findall(text)), sorted(set(BEGUN.findall(text)), key=len)
    values = {part.lower() for value in VALUE.findall(text) for part in (value, *value.split("."))}
    values |= {measure.name.lower() for measure in Measure} | {value.replace(" ", "_") for value in values}

    def rest_known(key: str) -> bool:
        start = next((one for one in reversed(begun) if key.startswith(one)), "")
        rest = key.removeprefix(start)
        return bool(start) and (rest in values or all(part in values for part in rest.split(".")))

    return {key for key in keys - asked if not rest_known(key)}


def test_a_word_that_nothing_says_is_found() -> None:
    text = """{{ t("work.a") }} {{ t("work.step." ~ one) }} {{ t("work.b" if one else "work.c") }} STEPS = ("talk",)"""
    assert unsaid({"work.a", "work.b", "work.c", "work.d", "work.step.talk", "work.step.sing"}, text) == {
        "work.d",
        "work.step.sing",
    }


def test_every_word_of_the_house_is_said_by_a_template_or_a_module() -> None:
    assert unsaid(said(), sources()) == set()


def allowed(table: str, column: str) -> set[str]:
    """What a column of the customer file may hold."""
    found = set(STANDARD.table(table).column(column).allowed)
    assert found, f"{table}.{column} may hold anything"
    return found


def of_dossiers() -> set[str]:
    """Every word of the customer file that a dossier may show."""
    columns = {(section.name, name) for section in SECTIONS for name, kind in section.columns if kind == "value"}
    columns = columns - {("referrals", "side")} | {("customers", name) for name in VALUES}
    return {"brought", "brought-by"}.union(*(allowed(table, column) for table, column in columns))


STEPS = allowed("complaint_steps", "step")
PARTS = {"duties", "standing", "record", "needs", "segments"}
"""Parts of a dossier that are no table."""
BY_DATA = {
    "head": {name.replace(" ", "_") for section in SECTIONS for name, _ in section.columns},
    "section": {section.name for section in SECTIONS} | PARTS,
    "record": {*RECORD, *NEEDS},
    "fact": {name for name, _ in STANDING},
    "value": of_dossiers(),
    "step": STEPS | {"again"},
    "complaints.do": STEPS,
    "complaints.proof": STEPS,
    "complaints.factor": allowed("complaints", "factor") | {"unknown"},
    "channel": allowed("contacts", "channel") | allowed("complaints", "channel") | {"unknown"},
    "subject": allowed("contacts", "subject"),
    "outcome": allowed("contacts", "outcome"),
    "register.about": allowed("suggestions", "about"),
    "register.decision": allowed("suggestions", "decision") | {"unknown"},
}
"""Words whose keys end with what stands in the customer file, and all that may stand there."""


@pytest.mark.parametrize("start", BY_DATA)
def test_whatever_the_customer_file_may_say_has_a_word_and_nothing_else_has(start: str) -> None:
    keys = {key for file in FILES for key in words(f"{file}.en.yaml")}
    assert {key.removeprefix(f"work.{start}.") for key in keys if key.startswith(f"work.{start}.")} == BY_DATA[start]
