"""What may take the place of what stands there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.protect import manifest
from sitegen.publish.deploy.built import Built, refuse_backward, refuse_unfit
from sitegen.publish.deploy.place import Empty, Foreign, Standing
from tests.protect import tinysite
from tests.publish.deploy.versions import NEXT, OLD, wanted


def built(version: tinysite.Version, folder: Path) -> Built:
    site = wanted(tinysite.site(version), folder)
    return Built(site, manifest.claimed_manifest(tinysite.site_json(version)), version.dev)


def test_a_newer_build_the_same_one_and_a_mended_one_may_go_there(tmp_path: Path) -> None:
    ours = built(NEXT, tmp_path)
    assert ours.manifest.build > manifest.claimed_manifest(tinysite.site_json(OLD)).build
    for standing in (tinysite.site_json(OLD), tinysite.site_json(NEXT), b"", b"damaged"):
        refuse_backward(ours, Standing(standing), "www")
    refuse_backward(ours, Empty(), "www")


@pytest.mark.parametrize("newer", [NEXT, replace(OLD, epoch=2, build=OLD.build - 60)])
def test_an_older_build_never_replaces_a_newer_one(newer: tinysite.Version, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"(?s)a newer build stands at 'www'.*hint: build again"):
        refuse_backward(built(OLD, tmp_path), Standing(tinysite.site_json(newer)), "www")


def test_another_site_and_other_things_are_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = built(NEXT, tmp_path)
    monkeypatch.setattr(tinysite, "SITE_ID", bytes(range(1, 17)))
    with pytest.raises(Unusable, match="another site stands at 'www'"):
        refuse_backward(ours, Standing(tinysite.site_json(OLD)), "www")
    with pytest.raises(Unusable, match=r"there is 'thesis.txt'"):
        refuse_backward(ours, Foreign("thesis.txt"), "www")


def test_a_build_with_development_keys_is_refused(tmp_path: Path) -> None:
    refuse_unfit(built(OLD, tmp_path / "real"))
    with pytest.raises(Unusable, match="development keys"):
        refuse_unfit(built(replace(OLD, dev=True), tmp_path / "dev"))
