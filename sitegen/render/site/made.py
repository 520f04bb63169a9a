"""What renderers are told of a build, and what becomes of one of its units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.model.picture import Recipe, Scaled
from sitegen.model.readable import GatedBlock
from sitegen.render.site.search import Counted, CountedBlock


@dataclass(frozen=True, slots=True)
class Setting:
    """What the build tells the renderer of the host and the locks.

    `identify` makes the opaque id of a logical path, `shell_path` the folder of a shell page for an id,
    `runtime_path` and `csp` come with the browser half. `locks` stands for everything that `identify` hangs on.
    """

    identify: Callable[[str], str]
    shell_path: Callable[[str], str]
    runtime_path: str
    csp: str
    dev: bool
    generator: str
    locks: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a unit: its HTML, the gated blocks in it, and the files that it shows or links to.

    `open_files` maps paths on the site to assets' paths, `gated_files` assets' paths to the segments that see them;
    `fields` are the keys of the member's record that it asks for; `counted` is what searches find in its text, None
    where it has none or nothing is searched, `counted_blocks` what they find in its gated blocks. `pictures` are to be
    made for anybody, by their paths on the site, `gated_pictures` for the segments that see them. `told` is
    its text for a feed, "" where none tells it. `made_files` and `gated_made` are what its templates made besides, by
    paths on the site, and by names with the segments that may have them.
    """

    html: str
    blocks: tuple[GatedBlock, ...] = ()
    open_files: tuple[tuple[str, str], ...] = ()
    gated_files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fields: frozenset[str] = frozenset()
    counted: Counted | None = None
    counted_blocks: tuple[CountedBlock, ...] = ()
    pictures: tuple[tuple[str, Recipe], ...] = ()
    gated_pictures: tuple[tuple[Scaled, tuple[str, ...]], ...] = ()
    told: str = ""
    made_files: tuple[tuple[str, bytes], ...] = ()
    gated_made: tuple[tuple[str, bytes, tuple[str, ...]], ...] = ()
