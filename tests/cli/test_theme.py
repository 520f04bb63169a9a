"""`sitegen theme` on the real command line: list, new, copy, diff, doctor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Sitegen = Callable[..., Any]


def take(shop: Path, theme: str) -> None:
    """Write into site.yaml that the shop takes a theme."""
    with (shop / "content" / "site.yaml").open("a", encoding="utf-8") as setting:
        setting.write(f"theme: {theme}\n")


def test_the_list_says_which_themes_there_are_and_which_is_taken(shop: Path, inside: Sitegen) -> None:
    inside("theme", "new", "winter-garden", "--parent", "gallery", at=shop)
    take(shop, "winter-garden")
    assert inside("theme", "list", at=shop).stdout.splitlines() == [
        "  gallery        Gallery (comes with sitegen, child of hearth)",
        "  hearth         Hearth (comes with sitegen)",
        "* winter-garden  Winter garden (themes/ of the shop, child of gallery)",
    ]
    listed = json.loads(inside("theme", "list", "--json", at=shop).stdout)["themes"]
    assert listed[-1] == {
        "name": "winter-garden",
        "title": "Winter garden",
        "own": True,
        "parent": "gallery",
        "taken": True,
    }


def test_a_new_theme_builds_at_once_and_shows_its_colours(shop: Path, inside: Sitegen) -> None:
    done = inside("theme", "new", "winter-garden", at=shop)
    assert done.stdout.splitlines()[0] == "themes/winter-garden/theme.yaml"
    take(shop, "winter-garden")
    assert inside("theme", "doctor", at=shop).stdout == "winter-garden: no problems, no warnings.\n"
    built = inside("build", "--on", "2026-09-08", "--only", "site", "--quiet", at=shop)
    assert (built.returncode, built.stderr) == (0, "")
    home = (shop / "output/site/index.html").read_text("utf-8")
    site, own = home.index("static/site."), home.index("static/winter-garden.")
    assert site < own
    assert (shop / "output/site" / home[own:].partition('"')[0]).is_file()


def test_a_copy_is_remembered_and_its_difference_is_shown(shop: Path, inside: Sitegen) -> None:
    inside("theme", "new", "mine", at=shop)
    take(shop, "mine")
    assert inside("theme", "copy", "site/partials/tags.html", at=shop).stdout == "themes/mine/site/partials/tags.html\n"
    tags = shop / "themes/mine/site/partials/tags.html"
    tags.write_text(tags.read_text("utf-8").replace('class="tags"', 'class="tags small"'), "utf-8")
    done = inside("theme", "diff", at=shop)
    assert done.returncode == 0
    assert "site/base.html: extends that of 'hearth', blocks styles\n" in done.stdout
    assert "site/partials/tags.html: +1 -1\n--- themes/hearth/site/partials/tags.html\n" in done.stdout
    assert '+<ul class="tags small"' in done.stdout
    assert "\x1b" not in done.stdout
    stat = inside("theme", "diff", "mine", "--stat", at=shop).stdout.splitlines()
    assert stat[-2:] == ["site/partials/tags.html: +1 -1", "3 files take the place of the parent's"]
    about = shop / "themes/mine/theme.yaml"
    about.write_text(about.read_text("utf-8").replace("tags.html: '", "tags.html: 'f"), "utf-8")
    assert (
        "tags.html: +1 -1; the file of 'hearth' changed since it was copied" in inside("theme", "diff", at=shop).stdout
    )


def test_what_cannot_be_copied_is_told_with_what_to_do(shop: Path, inside: Sitegen) -> None:
    assert "sitegen theme new my-hearth --parent hearth" in inside("theme", "copy", "site/page.html", at=shop).stderr
    inside("theme", "new", "mine", at=shop)
    take(shop, "mine")
    for path, said in (
        ("site/partials/fotter.html", "did you mean 'site/partials/footer.html'?"),
        ("site/base.html", "the theme 'mine' has this file already"),
    ):
        done = inside("theme", "copy", path, at=shop)
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr


def test_names_that_no_theme_can_have_are_refused_and_nothing_is_written(shop: Path, inside: Sitegen) -> None:
    for name in ("site", "Winter", "a/b", "hearth"):
        assert inside("theme", "new", name, at=shop).returncode == 1
    done = inside("theme", "new", "mine", "--parent", "hearht", at=shop)
    assert "did you mean 'hearth'?" in done.stderr
    assert not (shop / "themes").exists()


def test_the_doctor_ends_with_one_where_something_is_wrong_and_says_it_in_json(shop: Path, inside: Sitegen) -> None:
    inside("theme", "new", "mine", at=shop)
    (shop / "themes/mine/site/pag.html").write_text("x", "utf-8")
    (shop / "themes/mine/static/old.css").write_text("a{}", "utf-8")
    done = inside("theme", "doctor", "mine", "--json", at=shop)
    said = json.loads(done.stdout)
    assert (done.returncode, said["theme"], said["problems"], said["warnings"]) == (1, "mine", 1, 1)
    assert said["findings"][0] == {
        "level": "problem",
        "file": "themes/mine/site/pag.html",
        "line": 0,
        "code": "override-of-nothing",
        "message": "no page and no template asks for 'site/pag.html'",
        "hint": "did you mean 'site/page.html'?",
    }


def test_check_warns_of_a_theme_without_an_end(shop: Path, inside: Sitegen) -> None:
    inside("theme", "new", "mine", at=shop)
    take(shop, "mine")
    about = shop / "themes/mine/theme.yaml"
    about.write_text(about.read_text("utf-8").replace(",<0.4", ""), "utf-8")
    done = inside("check", "--format", "json", at=shop)
    assert [one["code"] for one in json.loads(done.stdout)["warnings"]] == ["theme-without-end"]
