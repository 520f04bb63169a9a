"""Protected files in a real browser: fetched when asked for, opened chunk by chunk, saved and never shown."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.protect import bodies, chunks, names, objects, runtime
from tests.protect import tinysite
from tests.protect.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Download, Page

pytestmark = pytest.mark.xdist_group("browser")
LARGE = hashlib.shake_128(b"a film of the loom").digest(1_300_000)
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
SCRIPT = b"<script>document.title = 1</script>"
FILES = {
    "film.mp4": ("application/octet-stream", LARGE, ("gold", "silver", "tea")),
    "day.ics": ("text/calendar", CALENDAR, ("everyone",)),
    "page.html": ("text/html", SCRIPT, ("gold",)),
}
VECTORS = Path(__file__).parent
SEARCH_BOX = b"""<div role="search" data-sg="search"><input type="search" aria-label="Search">
<p data-sg="search-count" role="status"></p><ol data-sg="search-hits"></ol></div>"""
PIECE = chunks.CHUNK + 16
BEFORE = 9 + 4 * 44 + 12


@dataclass(slots=True)
class Shelf:
    """A member's page with links to files, and whoever looks at it."""

    folder: Path
    url: str
    context: BrowserContext
    page: Page
    console: list[str] = field(default_factory=list)

    def path(self, name: str) -> Path:
        return self.folder / names.object_path(1, "2026-09", tinysite.identifier(name))

    def enter(self, member: str) -> None:
        self.page.goto(f"{self.url}#{tinysite.code_of(member)}")
        self.page.wait_for_url(f"{self.url}m/{tinysite.spelled('home')}/")
        self.page.wait_for_selector('html[data-sg-state="open"]', state="attached")

    def open(self, logical: str) -> None:
        self.page.goto(f"{self.url}m/{tinysite.spelled(logical)}/")
        self.page.wait_for_selector('html[data-sg-state="open"]', state="attached")

    def save(self, name: str) -> Download:
        with self.page.expect_download() as waiting:
            self.page.click(f"text={name}")
        return waiting.value

    def refused(self, name: str, message: str) -> None:
        """Asked for, the file is not saved, and the page says why."""
        self.page.click(f"text={name}")
        self.page.wait_for_selector("html:not(:has([aria-busy]))", state="attached")
        assert self.page.locator('[data-sg="message"]').text_content() == f"Message {message}"


def links(*wanted: str) -> str:
    return "".join(
        f'<a href="#" data-sg-file="{tinysite.spelled(name)}" download="{name}"><b>{name}</b></a> ' for name in wanted
    )


def shelf_files() -> dict[str, bytes]:
    """The tiny site with a page and a block of links."""
    ring = tinysite.content_ring()
    things: dict[str, tuple[objects.Kind, bytes, tuple[str, ...]]] = {
        "shelf": (
            "page",
            bodies.page_body("Shelf", f'{links(*FILES)}<div data-sg-object="{tinysite.spelled("shelf/block")}">'),
            ("everyone",),
        ),
        "shelf/block": ("block", bodies.block_body(f"<p id='block'>{links('day.ics')}</p>"), ("everyone",)),
    }
    files = tinysite.site()
    for logical, (kind, body, audiences) in things.items():
        path = names.object_path(1, "2026-09", tinysite.identifier(logical))
        files[path] = objects.seal(ring, tinysite.identifier(logical), kind, body, audiences)
    for name, (media_type, content, audiences) in FILES.items():
        identifier, body = tinysite.identifier(name), bodies.asset_body(media_type, content)
        if len(body) > chunks.LARGE:
            sealed = b"".join(chunks.seal(ring, identifier, body, audiences))
        else:
            sealed = objects.seal(ring, identifier, "asset", body, audiences)
        files[names.object_path(1, "2026-09", identifier)] = sealed
    shell = files[names.shell_path(tinysite.identifier("home"))]
    return files | {names.shell_path(tinysite.identifier("shelf")): shell}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Shelf]:
    """Anna, who has come in."""
    with serving(tmp_path_factory.mktemp("files")) as (folder, url):
        tinysite.write(shelf_files(), folder)
        context = browser.new_context()
        context.set_default_timeout(15_000)
        one = Shelf(folder, url, context, context.new_page())
        one.page.on("console", lambda message: one.console.append(message.text))
        one.page.on("pageerror", lambda error: one.console.append(f"error: {error}"))
        one.enter("anna")
        yield one
        context.close()


@pytest.fixture
def shelf(visitor: Shelf) -> Shelf:
    """Anna before the shelf, and everything in its place."""
    tinysite.write(shelf_files(), visitor.folder)
    visitor.console.clear()
    visitor.open("shelf")
    return visitor


def test_a_protected_file_is_fetched_when_it_is_asked_for_and_saved_under_its_own_name(shelf: Shelf) -> None:
    asked: list[str] = []
    shelf.page.on("request", lambda request: asked.append(request.url))
    shelf.page.reload()
    shelf.page.wait_for_selector("text=film.mp4")
    shelf.page.evaluate(
        """() => {
          globalThis.types = [];
          const make = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (blob) => { types.push(blob.type); return make(blob); };
        }"""
    )
    for name, (_, content, _) in FILES.items():
        assert not any(tinysite.spelled(name) in url for url in asked)
        saved = shelf.save(name)
        assert (saved.suggested_filename, saved.path().read_bytes()) == (name, content)
    # Only a calendar keeps its type, and no file becomes a document.
    assert shelf.page.evaluate("types") == ["application/octet-stream", "text/calendar", "application/octet-stream"]
    assert len(shelf.context.pages) == 1
    assert shelf.page.url.endswith(f"m/{tinysite.spelled('shelf')}/")
    assert shelf.page.title() == "Shelf · Shop"
    shelf.page.focus("#block a")
    with shelf.page.expect_download() as waiting:
        shelf.page.keyboard.press("Enter")
    assert waiting.value.path().read_bytes() == CALENDAR
    assert shelf.page.locator("[aria-busy]").count() == 0
    assert shelf.console == []


def test_a_link_is_busy_while_its_file_comes_and_asks_only_once(shelf: Shelf) -> None:
    held: list[object] = []
    shelf.page.route(f"**/{tinysite.spelled('film.mp4')}.bin*", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks it
    shelf.page.click("text=film.mp4")
    shelf.page.wait_for_selector('a[aria-busy="true"]')
    shelf.page.click("text=film.mp4")
    shelf.page.wait_for_timeout(100)
    assert len(held) == 1
    with shelf.page.expect_download():
        held[0].continue_()  # type: ignore[attr-defined]
    shelf.page.unroute_all()
    assert shelf.page.locator("[aria-busy]").count() == 0


def test_a_lost_connection_and_a_missing_file_have_their_messages_and_the_page_stays(shelf: Shelf) -> None:
    shelf.page.route("**/o/**", lambda route: route.abort())
    shelf.refused("film.mp4", "offline")
    shelf.page.unroute_all()
    shelf.path("film.mp4").unlink()
    shelf.refused("film.mp4", "tampered")
    assert shelf.page.locator("html").get_attribute("data-sg-state") == "open"


def test_whoever_may_not_have_a_file_is_told(shelf: Shelf, browser: Browser) -> None:
    context = browser.new_context()
    ben = replace(shelf, context=context, page=context.new_page())
    ben.enter("ben")
    ben.open("shelf")
    ben.refused("film.mp4", "no-access")
    assert ben.save("day.ics").path().read_bytes() == CALENDAR
    assert ben.page.locator('[data-sg="message"]').text_content() == ""
    context.close()


def wrong_orders() -> dict[str, bytes]:
    """The large file with its chunks cut, swapped, doubled, added and reordered."""
    whole = shelf_files()[names.object_path(1, "2026-09", tinysite.identifier("film.mp4"))]
    start, pieces = whole[:BEFORE], [whole[at : at + PIECE] for at in range(BEFORE, len(whole), PIECE)]
    assert len(pieces) > 3
    orders = {
        "last lost": pieces[:-1],
        "second lost": [pieces[0], *pieces[2:]],
        "swapped": [pieces[1], pieces[0], *pieces[2:]],
        "doubled": [pieces[0], *pieces],
        "last doubled": [*pieces, pieces[-1]],
        "reversed": pieces[::-1],
    }
    files = {what: start + b"".join(order) for what, order in orders.items()}
    return files | {
        "cut": whole[:-1],
        "cut to nothing": b"",
        "only a header": start,
        "lengthened": whole + b"\0",
        "flipped in the middle": whole[: len(whole) // 2]
        + bytes([whole[len(whole) // 2] ^ 1])
        + whole[len(whole) // 2 + 1 :],
        "flipped in the header": whole[:8] + bytes([8]) + whole[9:],
        "called small": b"SGO1" + whole[4:],
    }


def test_goal_10_a_large_file_cut_swapped_doubled_lengthened_or_reordered_is_never_saved(shelf: Shelf) -> None:
    saved: list[object] = []
    shelf.page.on("download", lambda download: saved.append(download))  # noqa: PLW0108 - playwright marks it
    wrong = wrong_orders()
    for what, content in wrong.items():
        shelf.path("film.mp4").write_bytes(content)
        shelf.refused("film.mp4", "tampered")
        assert saved == [], what
    shelf.path("film.mp4").write_bytes(shelf_files()[names.object_path(1, "2026-09", tinysite.identifier("film.mp4"))])
    assert shelf.save("film.mp4").path().read_bytes() == LARGE


def test_a_picture_of_more_than_a_mebibyte_is_shown(shelf: Shelf) -> None:
    ring, identifier = tinysite.content_ring(), tinysite.identifier("throw.png")
    # Browsers ignore what follows the end of a picture.
    body = bodies.asset_body("image/png", tinysite.PICTURE + bytes(chunks.LARGE))
    sealed = b"".join(chunks.seal(ring, identifier, body, ("everyone", "gold")))
    shelf.path("throw.png").write_bytes(sealed)
    shelf.open("home")
    shelf.page.wait_for_selector('img[src^="blob:"]')
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert shelf.page.locator('[data-sg="content"] img').evaluate(width) == 1


def test_goal_8_the_frozen_files_and_the_search_of_later_releases_open_in_the_browser(
    served: tuple[Path, str], browser: Browser
) -> None:
    folder, url = served
    frozen = json.loads((VECTORS / "vectors.json").read_text(encoding="utf-8"))
    later = frozen["later"]
    locked = {names.read_id(one["id"]): base64.b64decode(one["locked"]) for one in later["objects"]}
    locked[names.read_id(later["film"]["id"])] = (VECTORS / "vectors-film.bin").read_bytes()
    # The first release had no period in its objects' paths; the files are the same.
    files = {path.replace("/o/", "/o/2026-09/"): base64.b64decode(one) for path, one in frozen["files"].items()}
    files |= {names.object_path(1, "2026-09", identifier): content for identifier, content in locked.items()}
    pages = {path: content for path, content in tinysite.site().items() if path not in tinysite.locked_files()}
    shell = pages[names.shell_path(tinysite.identifier("home"))].replace(b"<main ", SEARCH_BOX + b"<main ")
    pages |= {f"m/{later['page']}/index.html": shell, runtime.search_path(): runtime.search_script()}
    tinysite.write(pages | files, folder)
    page = browser.new_page()
    page.goto(f"{url}#{frozen['code']}")
    page.wait_for_url(f"{url}m/*/")
    page.goto(f"{url}m/{later['page']}/")
    saved = {}
    for name in ("film.mp4", "day.ics"):
        with page.expect_download() as waiting:
            page.click(f"text={name}")
        saved[name] = waiting.value.path().read_bytes()
    assert hashlib.sha256(saved["film.mp4"]).hexdigest() == later["film"]["sha256"]
    assert saved["day.ics"] == CALENDAR
    page.get_by_role("searchbox").press_sequentially("linen")
    hit = page.get_by_role("search").get_by_role("link")
    assert hit.text_content() == "Gold"
    assert hit.get_attribute("href") == f"{url}m/{frozen['gold']}/"
    page.close()


@pytest.mark.slow  # 192 MiB are sealed, served, opened and saved
def test_a_very_large_file_is_opened_without_holding_it_in_the_pages_memory(shelf: Shelf) -> None:
    content = hashlib.shake_128(b"a longer film").digest(1 << 20) * 192
    sealed = chunks.seal(
        tinysite.content_ring(), tinysite.identifier("film.mp4"), bodies.asset_body("video/mp4", content), ("gold",)
    )
    shelf.path("film.mp4").write_bytes(b"".join(sealed))
    shelf.page.evaluate(
        """() => {
          globalThis.most = 0;
          setInterval(() => { most = Math.max(most, performance.memory.usedJSHeapSize); }, 20);
        }"""
    )
    shelf.page.set_default_timeout(120_000)
    saved = shelf.save("film.mp4")
    assert hashlib.sha256(saved.path().read_bytes()).digest() == hashlib.sha256(content).digest()
    # What the browser has not yet swept away counts too.
    assert shelf.page.evaluate("most") < 128 << 20
