"""`sitegen schema`: what may stand in each file, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Sitegen, copy_of_the_small_shop


def test_without_a_kind_it_names_the_kinds_and_their_files(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("schema", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "site         content/site.yaml\n" in done.stdout
    assert "design       themes/*/cards/*/design.yaml\n" in done.stdout


def test_a_schema_knows_the_names_of_its_shop(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    audience = json.loads(inside("schema", "campaign", at=shop).stdout)["properties"]["audience"]
    assert {"gold", "everyone", "public"} <= set(audience["anyOf"][0]["anyOf"][0]["enum"])
    described = json.loads(inside("schema", "page", at=shop).stdout)
    assert described["properties"]["title"]["description"] == "What it is called."


def test_it_is_printed_where_no_shop_is_and_where_one_is_broken(inside: Sitegen, tmp_path: Path) -> None:
    assert json.loads(inside("schema", "site", at=tmp_path).stdout)["properties"]["url"]
    shop = copy_of_the_small_shop(tmp_path)
    (shop / "content/site.yaml").write_text("name: [")
    done = inside("schema", "site", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["properties"]["url"]


def test_writing_them_says_what_the_editor_wants_to_hear(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    done = inside("schema", "--write", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    lines = json.loads(done.stdout[done.stdout.index("{") :])["yaml.schemas"]
    assert lines["./.sitegen/schemas/segments.json"] == ["content/segments/**/*.yaml"]
    assert all(json.loads((shop / path).read_text(encoding="utf-8"))["$schema"] for path in lines)
    assert (shop / ".sitegen").stat().st_mode & 0o77 == 0
    assert (shop / ".sitegen/schemas/campaign.json").is_file()
    assert inside("schema", "--write", "site", at=shop).returncode == 2
