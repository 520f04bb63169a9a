"""Other people's programs read the sample shop's e-mails: a second parser, a spam filter, and the W3C's checker."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest

from sitegen.content.project import read_project
from sitegen.model.readable import GatedPage
from sitegen.render.mail.headers import clean
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import render_site
from tests.render.sample_mails import Made, made, named, sample_mails
from tests.render.site_shop import SETTING

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mail-readers")]

ROOT = Path(__file__).parents[2]
PARSER, CHECKER = "mailparser@3.9.0", "vnu-jar@26.9.27"
MOST_POINTS = 2.0
READ = """
const {simpleParser} = require("mailparser");
const fs = require("fs");
(async () => {
  const found = {};
  for (const file of process.argv.slice(1)) {
    const mail = await simpleParser(fs.readFileSync(file), {skipHtmlToText: true, skipTextToHtml: true});
    const who = (field) => (mail[field] ? mail[field].value.map((one) => [one.name, one.address]) : []);
    const line = (key) => (mail.headerLines.filter((one) => one.key === key).map((one) => one.line));
    found[file] = {
      subject: mail.subject, from: who("from"), to: who("to"), reply: who("replyTo"), id: mail.messageId,
      date: mail.date.toISOString(), keys: mail.headerLines.map((one) => one.key), text: mail.text, html: mail.html,
      unsubscribe: mail.headers.get("list").unsubscribe, lines: line("list-unsubscribe"),
    };
  }
  console.log(JSON.stringify(found));
})();
"""
# What vnu finds wrong in CSS that only one mail program knows.
KNOWN = {
    # Outlook on Windows honours neither display:none nor max-height on a preheader, but this.
    "CSS: “mso-hide”: Property “mso-hide” doesn't exist.",
}
HOSTILE = {
    "long": "Maximiliane-Theodora von und zu " * 10,
    "emoji": "Zoë 👩‍👩‍👧 🎋 " * 8,
    "arabic": "فاطمة بنت محمد, \u202eolleH",
    "quoted": 'Tom "the loom" \\ O\'Neil, <b>Jo</b>; x@example.org',
    "injected": "Zoë\r\nBcc: everybody@example.org\r\n\r\n<script>",
    "encoded": "=?utf-8?q?forged?= 林美玲",
}


@pytest.fixture(scope="module")
def letters() -> tuple[Made, ...]:
    """Each campaign once, and one campaign for readers whose names are out of the ordinary."""
    campaign = named("birthday")
    strange = (made(campaign, first_name=name, full_name=name, adviser_name=name) for name in HOSTILE.values())
    return (*sample_mails(), *strange)


@pytest.fixture(scope="module")
def files(letters: tuple[Made, ...], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The letters as files, in order."""
    folder = tmp_path_factory.mktemp("letters")
    found = [folder / f"{number:02d}-{letter.name}.eml" for number, letter in enumerate(letters)]
    for file, letter in zip(found, letters, strict=True):
        file.write_bytes(letter.message)
    return found


def npm(config: pytest.Config, package: str) -> Path:
    """The folder of a package, in pytest's cache."""
    if shutil.which("npm") is None:
        pytest.fail("npm is missing; `make test-all` installs it")
    folder = config.cache.mkdir("npm-" + package.partition("@")[0])
    installed = folder / "node_modules" / package.partition("@")[0]
    if not installed.is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", package]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return installed


def test_a_second_parser_reads_the_same_headers_and_parts(
    files: list[Path], letters: tuple[Made, ...], pytestconfig: pytest.Config
) -> None:
    folder = npm(pytestconfig, PARSER)
    environment = {**os.environ, "NODE_PATH": str(folder.parent)}
    command = ["node", "-e", READ, *map(str, files)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)

    for file, letter in zip(files, letters, strict=True):
        found, filled = read[str(file)], letter.filled
        ours = BytesParser(policy=compat32).parsebytes(file.read_bytes())
        assert found["subject"] == filled.subject == str(make_header(decode_header(ours["Subject"])))
        assert found["from"] == [["Lantern & Loom", "letters@lanternandloom.example"]]
        assert found["to"] == [[clean(filled.to[0]), filled.to[1]]] == [person(ours["To"])]
        assert found["reply"] == [[clean(filled.reply_to[0]), filled.reply_to[1]]] == [person(ours["Reply-To"])]
        assert found["id"] == ours["Message-ID"]
        assert found["date"] == "2026-09-25T09:00:00.000Z"
        assert found["keys"] == [name.lower() for name, _ in ours.items()]
        assert [unfolded(line) for line in found["lines"]] == [
            unfolded(f"List-Unsubscribe: {ours['List-Unsubscribe']}")
        ]
        assert found["unsubscribe"]["url"].startswith("https://")
        assert found["text"].rstrip("\n") == filled.text.rstrip("\n")
        assert found["html"].rstrip("\n") == filled.html.rstrip("\n")


def person(header: str) -> list[str]:
    name, address = parseaddr(unfolded(header))
    return [str(make_header(decode_header(name))), address]


def unfolded(text: str) -> str:
    return re.sub(r"\r?\n\s+", " ", text)


def test_a_spam_filter_has_nothing_to_say(files: list[Path]) -> None:
    files = files[: len(sample_mails())]
    if shutil.which("spamassassin") is None:
        pytest.fail("SpamAssassin is missing; `make test-all` installs it")
    box = b"".join(b"From shop@example.org Fri Sep 25 09:00:00 2026\n" + file.read_bytes() + b"\n\n" for file in files)
    command = ["spamassassin", "--local", "--test-mode", "-x", "--mbox"]
    done = subprocess.run(command, input=box, capture_output=True, check=True)

    points = [
        float(found)
        for found in re.findall(rb"^Content analysis details: +\((-?[0-9.]+) points", done.stdout, re.MULTILINE)
    ]
    assert len(points) == len(files)
    assert max(points) < MOST_POINTS, dict(zip([file.name for file in files], points, strict=True))


def test_the_checker_of_the_w3c_finds_no_error(
    letters: tuple[Made, ...], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    pages = {f"{number:02d}-{letter.name}": letter.filled.html for number, letter in enumerate(letters)}

    said = errors(pytestconfig, tmp_path, pages)

    assert set(said) >= KNOWN, "what is no longer found need not be excused"
    assert [one for one in said if one not in KNOWN] == []


def test_nor_does_it_in_the_archive_of_letters(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    project = read_project(ROOT)
    days = (date(2026, 9, 27), date(2026, 12, 24), date(2027, 2, 20))
    sites = [(day, render_site(project, Day(day), SETTING)) for day in days]
    pages = {
        f"{day}-{number}": opened(site.shell.decode(), thing.html)
        for day, site in sites
        for number, thing in enumerate(site.gated)
        if isinstance(thing, GatedPage) and thing.id.startswith("campaigns/")
    }

    assert len(pages) > 6
    assert errors(pytestconfig, tmp_path, pages) == []


def opened(shell: str, page: str) -> str:
    """A shell as the browser half leaves it, once it has opened a page."""
    opening = re.search(r"<main[^>]*>", shell)
    assert opening
    shown = re.sub(r'data-sg-src="[^"]*"', 'src="picture"', page)
    return shell[: opening.end()] + shown + shell[shell.index("</main>") :]


def errors(config: pytest.Config, folder: Path, pages: dict[str, str]) -> list[str]:
    """What the checker finds wrong in these pages."""
    if shutil.which("java") is None:
        pytest.fail("Java is missing; `make test-all` installs it")
    jar = next(npm(config, CHECKER).rglob("vnu.jar"))
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    files = sorted(map(str, folder.iterdir()))
    command = ["java", "-Xss2m", "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said: list[dict[str, Any]] = json.loads(done.stdout or done.stderr)["messages"]
    return [one["message"] for one in said]
