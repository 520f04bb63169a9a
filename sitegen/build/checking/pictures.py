"""Find pictures that a reader can't see or that are heavier than any screen needs, and files that nothing shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.build.checking.links import Link
from sitegen.content.folder import files_below
from sitegen.content.references import ASSETS
from sitegen.errors import Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.project import Asset, Project
from sitegen.render.images import read_whole
from sitegen.render.mail.portraits import FOLDER as PORTRAITS
from sitegen.render.pictures import is_picture, size

MOST_PIXELS = 4000
"""Twice what the widest screens show."""
MOST_BYTES = 3_000_000
WRITTEN = (".md", ".yaml", ".json", ".csv", ".html")
"""Files of content/ in which somebody may name an asset."""
SIGNS = (
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"GIF8", 0, "gif"),
    (b"WEBP", 8, "webp"),
    (b"ftypavi", 4, "avif"),
    (b"ftyphei", 4, "heic"),
    (b"ftyphev", 4, "heic"),
    (b"ftypmif1", 4, "heic"),
    (b"BM", 0, "bmp"),
    (b"II*\0", 0, "tiff"),
    (b"MM\0*", 0, "tiff"),
    (b"8BPS", 0, "psd"),
    (b"%PDF", 0, "pdf"),
)
"""How files of each kind begin, by their own specifications."""
SVG = re.compile(rb"<svg[\s>]")


def picture_problems(project: Project, links: Iterable[Link]) -> Iterator[Problem]:
    """Pictures without words for those who can't see them; files that are not what their names say, or too large."""
    shown: set[str] = set()
    for link in links:
        words = link.pointer.words
        if words is not None and link.target.startswith(ASSETS):
            shown.add(link.target.removeprefix(ASSETS))
            # A mail without them may not be sent: its gates say so.
            by_mail = isinstance(link.thing, Campaign) and Channel.MAIL in link.thing.channels
            if not words.strip() and not by_mail:
                hint = "say in a few words what it shows: ![a red quilt on a line](...)"
                message = f"the picture '{link.target}' has no description"
                yield link.place.problem("picture-without-words", message, hint)
    for path in sorted(shown & project.assets.keys()):
        if is_picture(path):
            yield from _file_problems(project.assets[path])


def broken_pictures(project: Project, links: Iterable[Link]) -> Iterator[Problem]:
    """What a build would say of pictures that texts show, when it makes other sizes of them and finds that it can't."""
    for path in sorted({link.target.removeprefix(ASSETS) for link in links if link.pointer.words is not None}):
        if is_picture(path) and path in project.assets:
            try:
                read_whole(project.assets[path])
            except Mistakes as mistakes:
                yield from mistakes.problems


def unused_assets(root: Path, project: Project) -> Iterator[Problem]:
    """Assets that nothing in content/ and no template names. Who shows a portrait stands in the customer file."""
    written = [(root / "content" / path).read_bytes() for path in files_below(root / "content") if _is_read(path)]
    written += [source.encode() for source in project.theme.templates.values()]
    text = b"\n".join(written)
    for path in sorted(project.assets):
        if not path.startswith(PORTRAITS) and not _is_named(path, text):
            hint = "show it or link to it, or take it out of content/assets/"
            yield _problem(path, "unused-asset", f"nothing shows '{path}' or links to it", hint)


def _is_read(path: str) -> bool:
    return path.endswith(WRITTEN) and not path.startswith(("assets/", "customers/"))


def _is_named(path: str, text: bytes) -> bool:
    if path.encode() in text:
        return True
    # A gallery may name a whole folder.
    folder = path.rpartition("/")[0]
    return bool(folder) and re.search(rb"assets/" + re.escape(folder.encode()) + rb"/?[\"'\s)]", text) is not None


def _file_problems(asset: Asset) -> Iterator[Problem]:
    path, ending = asset.path, asset.path.rpartition(".")[2].lower()
    kind = _kind(asset.content)
    if kind != ("jpg" if ending == "jpeg" else ending):
        yield _other_kind(path, kind)
        return
    measures = size(path, asset.content)
    if not measures and kind != "svg":
        yield _problem(path, "damaged-picture", f"'{path}' is damaged", "save it again, as PNG or JPEG")
    longest = max((int(number) for number in measures.values()), default=0)
    if kind != "svg" and longest > MOST_PIXELS:
        message = f"'{path}' is {measures['width']} x {measures['height']} pixels; no screen shows so many"
        yield _problem(path, "large-picture", message, f"make its longer side {MOST_PIXELS // 2} pixels or so")
    if len(asset.content) > MOST_BYTES:
        message = f"'{path}' has {len(asset.content) / 1_000_000:.1f} MB, which a phone loads for long"
        yield _problem(path, "heavy-picture", message, f"save it smaller, below {MOST_BYTES // 1_000_000} MB")


def _kind(content: bytes) -> str:
    """What a file is by its bytes; "" where they are of no kind that we know."""
    found = next((kind for sign, at, kind in SIGNS if content[at : at + len(sign)] == sign), "")
    return found or ("svg" if SVG.search(content) else "")


def _other_kind(path: str, kind: str) -> Problem:
    stem = path.rpartition(".")[0]
    if not kind:
        return _problem(path, "damaged-picture", f"'{path}' is no picture", "save it again, as PNG or JPEG")
    if is_picture(f"x.{kind}"):
        message = f"'{path}' is a picture of another kind than its name says: {kind}"
        return _problem(path, "wrong-picture-ending", message, f"name it '{stem}.{kind}'")
    message = f"'{path}' is a file of the kind {kind}, which browsers do not show"
    return _problem(path, "wrong-picture-ending", message, f"save it as PNG or JPEG, like '{stem}.jpg'")


def _problem(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(f"content/assets/{path}", 0, 0, code, message, hint)
