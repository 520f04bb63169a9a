"""`sitegen check` at the command line: three ways to tell the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.build.checking.report import Report
from sitegen.cli.check_command import TOLD
from sitegen.errors import Exit, Problem
from sitegen.model.plan import Count
from tests.cli.conftest import DAY, Sitegen, clean_environment

FRONT = "title: {}\nkind: seasonal\naudience: everyone\nchannels: [mail]\non: 2026-09-15\nsubject: {}"
WARNED = (
    "content/campaigns/wish.md:7:10: 'TAKE A SCARF' stands in capitals, which reads like shouting and looks like spam"
)
SOLD = "content/campaigns/wish.md:9:17: 'half price' is a discount, and a seasonal message offers none"


def write(shop: Path, text: str, subject: str = "Take a scarf") -> None:
    front = FRONT.format("A wish", subject)
    (shop / "content/campaigns/wish.md").write_text(f"---\n{front}\n---\n{text}\n", encoding="utf-8")


def test_a_good_shop_is_told_in_one_line(shop: Path, inside: Sitegen) -> None:
    done = inside("check", at=shop)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "Looked at 4 pages, 1 mail, 1 text: no mistakes, 2 remarks."
    assert [line.partition(":")[0] for line in done.stdout.splitlines()[:-1:2]] == ["info", "info"]
    assert done.stderr.startswith("reading content and themes ...\n")
    assert not (shop / "output").exists()
    assert not (shop / ".sitegen").exists()


def test_mistakes_go_to_stderr_warnings_to_stdout_and_quiet_leaves_both(shop: Path, inside: Sitegen) -> None:
    write(shop, "Take a scarf at half price.", "TAKE A SCARF")
    done = inside("check", "--quiet", at=shop)
    assert done.returncode == 6
    assert done.stdout.splitlines()[0] == f"warning: {WARNED}"
    assert done.stderr.splitlines()[0] == SOLD
    assert done.stderr.endswith("\n\n1 mistake; nothing was written\n`sitegen explain law-discount` tells more\n")


def test_json_is_one_document_and_strict_makes_warnings_mistakes(shop: Path, inside: Sitegen) -> None:
    write(shop, "Take a scarf.", "TAKE A SCARF")
    done = inside("check", "--strict", "--format", "json", at=shop)
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (6, "")
    assert told["exit"] == 6
    assert told["looked"] == {"pages": 4, "mails": 2, "texts": 1}
    assert told["warnings"] == []
    assert [(one["file"], one["line"], one["column"], one["code"]) for one in told["mistakes"]] == [
        ("content/campaigns/wish.md", 7, 10, "law-loud-subject")
    ]


def test_github_gets_a_command_for_each_place(shop: Path, inside: Sitegen) -> None:
    write(shop, "Take 20 % off.\n\n[See](gone.md)", "TAKE A SCARF")
    done = inside("check", "--format", "github", at=shop)
    assert done.returncode == 1
    assert [line.partition("::")[2].partition("::")[0] for line in done.stdout.splitlines()] == [
        "error file=content/campaigns/wish.md,line=9,col=6,title=law-discount",
        "error file=content/campaigns/wish.md,line=11,col=7,title=broken-link",
        "warning file=content/campaigns/wish.md,line=7,col=10,title=law-loud-subject",
        "notice file=content/campaigns,title=bare-occasion",
        "notice file=content/campaigns/autumn-page.md,line=1,col=1,title=orphan-page",
    ]
    assert "'20 %25 off' is a discount" in done.stdout
    assert "none%0Ahint: take it out" in done.stdout


def test_what_has_no_place_is_told_without_one_and_nothing_breaks_a_command() -> None:
    problem = Problem("content/a,b:c.md", 0, 0, "odd", "100%\r\nof it", "")
    report = Report((Count("pages", 1),), (problem,), (), ("a gap",), Exit.MISTAKE)
    assert TOLD["github"](report) == (
        "::error file=content/a%2Cb%3Ac.md,title=odd::100%25%0D%0Aof it\n::notice::a gap\n"
    )


def test_a_build_tells_warnings_and_a_strict_one_stops_at_them(shop: Path, inside: Sitegen) -> None:
    write(shop, "Take a scarf.", "TAKE A SCARF")
    built = inside("build", "--on", DAY, "--only", "pages", at=shop)
    assert built.returncode == 0
    assert f"note: {WARNED}" in built.stdout
    strict = inside("build", "--on", DAY, "--only", "pages", "--strict", at=shop)
    assert (strict.returncode, strict.stderr.splitlines()[-5]) == (6, WARNED)


def test_another_format_is_refused(shop: Path, inside: Sitegen) -> None:
    assert inside("check", "--format", "yaml", at=shop).returncode == 2


def test_outside_addresses_are_visited_on_request_and_the_second_time_remembered(shop: Path, inside: Sitegen) -> None:
    # Nothing listens on the port for discarding.
    page = "---\ntitle: Away\naudience: public\nmenu: yes\n---\nSee [this](http://127.0.0.1:9/).\n"
    (shop / "content/pages/away.md").write_text(page, encoding="utf-8")
    dead = (
        "warning: content/pages/away.md:6:12: 'http://127.0.0.1:9/' leads nowhere: connection refused\n"
        "hint: correct the address, take the link out, or leave the address alone by 'skip' below 'check'\n"
    )
    plain = inside("check", "--quiet", "--on", DAY, at=shop)
    assert (plain.returncode, plain.stdout) == (0, "")
    first = inside("check", "--quiet", "--external", "--on", DAY, at=shop)
    assert (first.returncode, first.stdout) == (0, f"{dead}`sitegen explain dead-link` tells more\n")
    second = inside("check", "--external", "--strict", "--on", DAY, at=shop)
    assert second.returncode == 4
    assert "note: 1 of 1 outside addresses were looked at not long ago\n" in second.stdout


def test_a_check_looks_at_the_day_that_it_is_asked_for(shop: Path, inside: Sitegen) -> None:
    front = "title: A wish\nkind: seasonal\naudience: everyone\nchannels: [mail]\non: 2026-03-20\ndraft: yes"
    (shop / "content/campaigns/spring.md").write_text(f"---\n{front}\n---\nThe first warm day.\n", encoding="utf-8")
    codes = [
        [
            one["code"]
            for one in json.loads(inside("check", "--format", "json", "--on", day, at=shop).stdout)["warnings"]
        ]
        for day in ("2026-06-18", "2026-06-19")
    ]
    assert codes == [[], ["stale-draft"]]


@pytest.mark.slow
def test_the_sample_shop_has_nothing_to_mend(sitegen: Sitegen) -> None:
    root = Path(__file__).parents[2]
    done = sitegen("check", "--strict", "--quiet", at=root, env=clean_environment())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
