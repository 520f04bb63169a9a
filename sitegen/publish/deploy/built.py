"""Read the build that is to be deployed, and refuse one that must not go out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.protect.manifest import Manifest, claimed_manifest
from sitegen.protect.names import SITE_PATH
from sitegen.protect.refusal import Tampered
from sitegen.publish.deploy.folder import FolderPlace, files_of
from sitegen.publish.deploy.place import Empty, Foreign, Standing, State, Wanted

BUILD = "run `sitegen build` with the shop's own keys first"


@dataclass(frozen=True, slots=True)
class Built:
    """A whole build: the site as it shall stand, what its site.json says, and whether development keys made it."""

    wanted: Wanted
    manifest: Manifest
    dev: bool


def read_built(output: Path) -> Built:
    """The build in output/. Raises Unusable where there is none, or only half of one."""
    digests, dev = _record(output)
    if SITE_PATH not in digests or "index.html" not in digests:
        half = "keyrings" if SITE_PATH not in digests else "pages"
        raise Unusable(f"the build in output/ has no {half}\nhint: {BUILD}")
    wanted = Wanted(output / "site", digests)
    try:
        manifest = claimed_manifest((wanted.site / SITE_PATH).read_bytes())
    except (OSError, Tampered):
        raise Unusable(f"output/site/{SITE_PATH} is damaged\nhint: build again") from None
    return Built(wanted, manifest, dev or manifest.dev)


def refuse_unfit(built: Built) -> None:
    """Raise where the build was made with development keys, or its files are not those that were built."""
    if built.dev:
        raise Unusable(f"this build was made with development keys, which open it to no card\nhint: {BUILD}")
    changes = FolderPlace(built.wanted.site).compare(built.wanted)
    # Here nothing is the host's own.
    strange = sorted(set(files_of(built.wanted.site)) - built.wanted.digests.keys())
    hint = "nothing may change output/site after the build; build again"
    told = (
        *((path, "missing-file", "was built, but is missing") for path in changes.added),
        *((path, "changed-file", "was changed after it was built") for path in changes.changed),
        *((path, "strange-file", "was never built") for path in strange),
    )
    if told:
        problems = (Problem(f"output/site/{path}", 0, 0, code, f"this file {what}", hint) for path, code, what in told)
        raise Mistakes(problems)


def refuse_backward(built: Built, state: State, target: str) -> None:
    """Raise where something else stands at the target, another site, or a newer build of this one."""
    match state:
        case Foreign(example):
            raise Unusable(
                f"'{target}' is not empty and holds no site of ours (there is '{example}')\n"
                "hint: deploy deletes what is not in the build, so name a folder that is the site's own"
            )
        case Standing(manifest) if manifest:
            _refuse_newer(built.manifest, manifest, target)
        case Empty() | Standing():
            return


def _refuse_newer(ours: Manifest, standing: bytes, target: str) -> None:
    try:
        there = claimed_manifest(standing)
    except Tampered:
        return  # damaged, so a deploy is what it needs
    if there.site_id != ours.site_id:
        raise Unusable(
            f"another site stands at '{target}' (site id {there.site_id.hex()})\n"
            "hint: is sitegen.lock the right one? To replace that site, empty the folder by hand"
        )
    if (there.epoch, there.build) > (ours.epoch, ours.build):
        raise Unusable(
            f"a newer build stands at '{target}', and members' browsers refuse an older one\n"
            "hint: build again; to take a change back, take it back in content/ and build"
        )


def read_digests(output: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of the site that was built. Raises Unusable where there is no build."""
    return _record(output)[0]


def _record(output: Path) -> tuple[dict[str, str], bool]:
    try:
        value: Any = json.loads((output / "build.json").read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in value["site"].items()}, value["dev"] is not False
    except FileNotFoundError:
        raise Unusable(f"there is no build in output/\nhint: {BUILD}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unusable("output/build.json is damaged\nhint: build again") from None
