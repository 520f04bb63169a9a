"""Read a theme's folder: templates, static files, words and card designs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.card import Axis, Box, CardDesign, Fold, Side, Slot
from sitegen.model.channel import Kind
from sitegen.model.theme import Theme
from sitegen.model.tree import Scalar

TEMPLATE_FOLDERS = ("site", "mail", "receiver")
STATIC_FOLDERS = ("static", "fonts")
PRINT_FONTS = "fonts/print/"
LARGEST_TYPE = 1000.0


def read_theme(folder: Path, root: Path, problems: list[Problem]) -> Theme:
    """The theme in `folder`, whole; mistakes are added to `problems`."""
    paths = files_below(folder)
    about = Keys(
        read_yaml(read_text(folder / "theme.yaml", root), _label(folder, "theme.yaml")), problems, "theme.yaml"
    )
    name, title = about.text("name", folder.name), about.text("title", folder.name)
    return Theme(
        name=name,
        title=title,
        templates={
            path: read_text(folder / path, root)
            for path in paths
            if path.startswith(tuple(f"{part}/" for part in TEMPLATE_FOLDERS))
        },
        static={
            path: (folder / path).read_bytes()
            for path in paths
            if path.startswith(tuple(f"{part}/" for part in STATIC_FOLDERS)) and not path.startswith(PRINT_FONTS)
        },
        strings=_strings(folder, root, paths, problems),
        designs=_designs(folder, root, paths, problems),
    )


def _label(folder: Path, path: str) -> str:
    return f"themes/{folder.name}/{path}"


def _strings(folder: Path, root: Path, paths: tuple[str, ...], problems: list[Problem]) -> dict[str, dict[str, str]]:
    strings: dict[str, dict[str, str]] = {}
    for path in paths:
        if not (path.startswith("locale/") and path.endswith(".yaml")):
            continue
        # "locale/en.yaml" and "locale/mail.en.yaml" both hold English words.
        language = path.removesuffix(".yaml").rpartition("/")[2].rpartition(".")[2]
        try:
            tree = read_yaml(read_text(folder / path, root), _label(folder, path))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
            continue
        for entry in tree.entries:
            if isinstance(entry.value, Scalar):
                strings.setdefault(language, {})[entry.key.text] = entry.value.text
    return strings


def _designs(folder: Path, root: Path, paths: tuple[str, ...], problems: list[Problem]) -> tuple[CardDesign, ...]:
    fonts = {
        "fonts/" + path.removeprefix(PRINT_FONTS): (folder / path).read_bytes()
        for path in paths
        if path.startswith(PRINT_FONTS) and path.endswith((".ttf", ".otf"))
    }
    names = sorted({path.split("/")[1] for path in paths if path.startswith("cards/") and path.count("/") >= 2})
    designs: list[CardDesign] = []
    for name in names:
        try:
            designs.append(_design(folder, root, name, fonts, problems))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return tuple(designs)


def _design(folder: Path, root: Path, name: str, fonts: dict[str, bytes], problems: list[Problem]) -> CardDesign:
    home = folder / "cards" / name
    missing = [part for part in ("design.yaml", "card.html", "card.css") if not (home / part).is_file()]
    if missing:
        hint = "a design is a folder with design.yaml, card.html and card.css"
        label = _label(folder, f"cards/{name}/{missing[0]}")
        raise Mistakes(
            [Problem(label, 0, 0, "missing-template", f"the card design '{name}' has no {missing[0]}", hint)]
        )
    label = _label(folder, f"cards/{name}/design.yaml")
    keys = Keys(read_yaml(read_text(home / "design.yaml", root), label), problems, "this card design")
    files = {path: (home / path).read_bytes() for path in files_below(home)}
    for part in ("design.yaml", "card.html", "card.css"):
        files.pop(part)
    base = _base(folder, root, keys)
    design = CardDesign(
        name=name,
        title=keys.text("title", required=True),
        kinds=_kinds(keys),
        width=float(keys.decimal("width", required=True)),
        height=float(keys.decimal("height", required=True)),
        bleed=float(keys.decimal("bleed", required=True)),
        safe=float(keys.decimal("safe", required=True)),
        template=read_text(home / "card.html", root) + base.template,
        style=base.style + read_text(home / "card.css", root),
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


def _base(folder: Path, root: Path, keys: Keys) -> _Base:
    """The bases that a design names, one after the other; one of styles alone has no template."""
    home = folder / "cards"
    known = [path.stem for path in sorted(home.glob("*.css"))]
    for scalar in keys.scalars("base"):
        if scalar.text not in known:
            message = f"the theme has no base '{scalar.text}' for cards"
            keys.problems.append(scalar.place.problem("missing-template", message, did_you_mean(scalar.text, known)))
    names = [name for name in keys.texts("base") if name in known]
    templates = [read_text(home / f"{name}.html", root) for name in names if (home / f"{name}.html").is_file()]
    return _Base("".join(templates), "".join(read_text(home / f"{name}.css", root) for name in names))


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
