"""Read a print house: the shop's own content/print/<name>.yaml, or one that comes with sitegen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import read_text
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.print_house import Duplex, Intent, Order, PrintHouse, Sheet
from sitegen.model.tree import Place
from sitegen.render.cards.imposition.papers import UnknownSheet, named_sheet

BUILT_IN = Path(__file__).parent / "print_houses"
OWN = "content/print"
ASSETS = "content/assets"
DEFAULT = "eu"
MOST_BLEED = Decimal(25)
MOST_RECORDS = 10_000
"""A file of more records is slow to open, and one damaged byte costs all of them."""
LEAST_INK, MOST_INK = Decimal(100), Decimal(400)


def house_names(root: Path | None) -> tuple[str, ...]:
    """The print houses that can be named: those that come with sitegen, and those of the shop in `root`."""
    return tuple(sorted({path.stem for path in BUILT_IN.glob("*.yaml")} | set(own_houses(root) if root else ())))


def own_houses(root: Path) -> tuple[str, ...]:
    """The print houses that the shop in `root` wrote itself."""
    return tuple(sorted(path.stem for path in (root / OWN).glob("*.yaml")))


def read_print_house(root: Path | None, name: str, named: Place, problems: list[Problem]) -> PrintHouse:
    """The print house of that name; the shop's own (`root`) hides one of the same name that comes with sitegen.

    What is wrong with its file is added to `problems`. Raises Mistakes where its file can't be read, or where there
    is none: then at the place `named`, where the name stands.
    """
    if name not in house_names(root):
        hint = did_you_mean(name, house_names(root)) or f"write {OWN}/{name}.yaml"
        raise Mistakes([named.problem("missing-print-house", f"there is no print house '{name}'", hint)])
    own = root / OWN / f"{name}.yaml" if root else BUILT_IN
    path, label = (own, f"{OWN}/{name}.yaml") if own.is_file() else (BUILT_IN / f"{name}.yaml", f"{name}.yaml")
    keys = Keys(read_yaml(read_text(path, root or BUILT_IN), label), problems, f"the print house '{name}'")
    house = PrintHouse(
        name=name,
        title=keys.text("title", name),
        bleed=_number(keys, "bleed", Decimal(3), most=MOST_BLEED),
        marks=keys.yes_no("marks", False),
        records=keys.integer("records", 500, 1, MOST_RECORDS),
        variable=keys.yes_no("variable", False),
        intent=_intent(keys, root),
        ink=_number(keys, "ink", Decimal(300), LEAST_INK, MOST_INK),
        sheet=_sheet(keys),
    )
    keys.finish()
    return house


def _intent(outer: Keys, root: Path | None) -> Intent:
    keys = outer.keys("intent", required=True)
    if keys is None:
        return Intent("", "", "", b"")
    identifier = keys.text("identifier", required=True)
    intent = Intent(
        identifier=identifier,
        condition=keys.text("condition", identifier),
        registry=keys.text("registry", "http://www.color.org"),
        profile=_profile(keys, root),
    )
    keys.finish()
    return intent


def _profile(keys: Keys, root: Path | None) -> bytes:
    """A profile that comes with sitegen, by its name, or a file below content/assets/."""
    name = keys.text("profile", required=True)
    if not name:
        return b""
    known = sorted(path.stem for path in BUILT_IN.glob("*.icc"))
    if name in known:
        return (BUILT_IN / f"{name}.icc").read_bytes()
    path = (root or BUILT_IN) / ASSETS / name
    inside = root is not None and path.resolve().is_relative_to((root / ASSETS).resolve())
    if not inside or not path.is_file():
        message = f"there is no colour profile '{name}'"
        hint = did_you_mean(name, known) or f"put the file below {ASSETS}/, or write one of {', '.join(known)}"
        keys.problems.append(keys.place("profile").problem("missing-profile", message, hint))
        return b""
    profile = path.read_bytes()
    if not is_press_profile(profile):
        message, hint = f"'{name}' is no colour profile of a press", "take an ICC profile for CMYK, of the class 'prtr'"
        keys.problems.append(keys.place("profile").problem("wrong-profile", message, hint))
    return profile


def is_press_profile(profile: bytes) -> bool:
    """Whether the bytes are an ICC profile (ICC.1, 7.2: the header) of an output device with four inks."""
    return len(profile) > 128 and (profile[12:20], profile[36:40]) == (b"prtrCMYK", b"acsp")


def _sheet(outer: Keys) -> Sheet | None:
    keys = outer.keys("sheet")
    if keys is None:
        return None
    paper = _paper(keys)
    sheet = replace(
        paper,
        margin=_number(keys, "margin", Decimal(5), most=Decimal(50)),
        gutter=_number(keys, "gutter", Decimal(10), most=Decimal(100)),
        duplex=keys.choice("duplex", Duplex, Duplex.LONG_EDGE),
        order=keys.choice("order", Order, Order.CUT_AND_STACK),
        lift=keys.integer("lift", 500, 0, 100_000),
        registration=keys.yes_no("registration", False),
    )
    keys.finish()
    return sheet


def _paper(keys: Keys) -> Sheet:
    paper = keys.text("paper", required=True)
    try:
        return named_sheet(paper or "A3")
    except UnknownSheet as error:
        keys.problems.append(keys.place("paper").problem("unknown-sheet", error.message, error.hint))
        return named_sheet("A3")


def _number(
    keys: Keys, key: str, default: Decimal, least: Decimal = Decimal(0), most: Decimal = Decimal(1000)
) -> float:
    number = keys.decimal(key, default)
    if keys.node(key) is not None and not least <= number <= most:
        hint = f"write a number from {least} to {most}"
        keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{number}'", hint))
        return float(default)
    return float(number)
