"""Read a theme's card designs: their boxes, their templates and their art."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.theme_folders import Laid
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.card import Axis, Box, CardDesign, Fold, Side, Slot
from sitegen.model.channel import Kind

PRINT_FONTS = "fonts/print/"
LARGEST_TYPE = 1000.0
PARTS = ("design.yaml", "card.html", "card.css")


def read_designs(laid: Laid, problems: list[Problem]) -> tuple[CardDesign, ...]:
    """The designs of a theme and its parents, by name; a file that a theme's own design lacks is its parent's."""
    fonts = {
        "fonts/" + path.removeprefix(PRINT_FONTS): laid.content(path)
        for path in laid.below(PRINT_FONTS)
        if path.endswith((".ttf", ".otf"))
    }
    names = sorted({path.split("/")[1] for path in laid.below("cards/") if path.count("/") >= 2})
    designs: list[CardDesign] = []
    for name in names:
        try:
            designs.append(_design(laid, name, fonts, problems))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return tuple(designs)


def _design(laid: Laid, name: str, fonts: dict[str, bytes], problems: list[Problem]) -> CardDesign:
    home = f"cards/{name}/"
    missing = [part for part in PARTS if home + part not in laid.top]
    if missing:
        hint = "a design is a folder with design.yaml, card.html and card.css"
        message = f"the card design '{name}' has no {missing[0]}"
        raise Mistakes([Problem(laid.label(home + missing[0]), 0, 0, "missing-template", message, hint)])
    label = laid.label(f"{home}design.yaml")
    keys = Keys(read_yaml(laid.text(f"{home}design.yaml"), label), problems, "this card design")
    files = {path.removeprefix(home): laid.content(path) for path in laid.below(home)}
    for part in PARTS:
        files.pop(part)
    base = _base(laid, keys)
    design = CardDesign(
        name=name,
        title=keys.text("title", required=True),
        kinds=_kinds(keys),
        width=float(keys.decimal("width", required=True)),
        height=float(keys.decimal("height", required=True)),
        bleed=float(keys.decimal("bleed", required=True)),
        safe=float(keys.decimal("safe", required=True)),
        template=laid.text(f"{home}card.html") + base.template,
        style=base.style + laid.text(f"{home}card.css"),
        files={**fonts, **files},
        slots=_slots(keys),
        art=_art(keys),
        qr=_qr(keys),
        fold=_fold(keys),
    )
    keys.finish()
    return design


@dataclass(frozen=True, slots=True)
class _Base:
    """What several designs share: a template that goes on where theirs ends, and a style that theirs may overrule."""

    template: str
    style: str


def _base(laid: Laid, keys: Keys) -> _Base:
    """The bases that a design names, one after the other; one of styles alone has no template."""
    shared = [path for path in laid.below("cards/") if path.count("/") == 1]
    known = [path.removeprefix("cards/").removesuffix(".css") for path in shared if path.endswith(".css")]
    for scalar in keys.scalars("base"):
        if scalar.text not in known:
            message = f"the theme has no base '{scalar.text}' for cards"
            keys.problems.append(scalar.place.problem("missing-template", message, did_you_mean(scalar.text, known)))
    names = [name for name in keys.texts("base") if name in known]
    templates = [laid.text(f"cards/{name}.html") for name in names if f"cards/{name}.html" in laid.top]
    return _Base("".join(templates), "".join(laid.text(f"cards/{name}.css") for name in names))


def _kinds(keys: Keys) -> tuple[str, ...]:
    for scalar in keys.scalars("kinds"):
        if scalar.text not in set(Kind):
            hint = did_you_mean(scalar.text, Kind)
            keys.problems.append(scalar.place.problem("unknown-word", f"unknown kind '{scalar.text}'", hint))
    return keys.texts("kinds")


def _slots(keys: Keys) -> tuple[Slot, ...]:
    outer = keys.keys("slots", required=True)
    if outer is None:
        return ()
    slots: list[Slot] = []
    for entry in outer.rest():
        inner = outer.keys(entry.key.text)
        if inner is not None:
            slots.append(Slot(entry.key.text, _box(inner), _sizes(inner), inner.yes_no("one_line", False)))
            inner.finish()
    return tuple(slots)


def _sizes(keys: Keys) -> tuple[float, ...]:
    sizes = tuple(_size(scalar.text) for scalar in keys.scalars("sizes"))
    for scalar, size in zip(keys.scalars("sizes"), sizes, strict=True):
        if not 0 < size < LARGEST_TYPE:
            hint = "write points, like [12, 11, 10]"
            keys.problems.append(scalar.place.problem("wrong-value", f"'{scalar.text}' is no type size", hint))
    return sizes


def _size(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _box(keys: Keys) -> Box:
    return Box(
        side=keys.choice("page", Side, Side.BACK),
        x=float(keys.decimal("x", required=True)),
        y=float(keys.decimal("y", required=True)),
        width=float(keys.decimal("width", required=True)),
        height=float(keys.decimal("height", required=True)),
    )


def _art(keys: Keys) -> dict[Side, str]:
    inner = keys.keys("art")
    if inner is None:
        return {}
    art = {side: inner.text(side.value) for side in Side if inner.node(side.value) is not None}
    inner.finish()
    return art


def _qr(keys: Keys) -> Box | None:
    inner = keys.keys("qr")
    if inner is None:
        return None
    size = float(inner.decimal("size", required=True))
    side = inner.choice("page", Side, Side.BACK)
    box = Box(side, float(inner.decimal("x", required=True)), float(inner.decimal("y", required=True)), size, size)
    inner.finish()
    return box


def _fold(keys: Keys) -> Fold | None:
    inner = keys.keys("fold")
    if inner is None:
        return None
    fold = Fold(inner.choice("axis", Axis, Axis.VERTICAL), float(inner.decimal("at", required=True)))
    inner.finish()
    return fold
