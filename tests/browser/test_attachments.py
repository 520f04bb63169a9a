"""The sample shop's files for members: a sheet for gold, a day for everybody's calendar."""

from __future__ import annotations

import pytest

from sitegen.protect import names
from sitegen.protect.keys import decode_root
from sitegen.publish.lock_file import read_lock
from tests.browser.visits import GOLD, SILVER, Visit
from tests.calendars import events
from tests.golden.sample_shop import REPOSITORY, keys

pytestmark = pytest.mark.xdist_group("sample")
ASSETS = REPOSITORY / "content" / "assets"


def saved(visit: Visit, customer: str, page: str, words: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that a link of a member's page saves."""
    visit.unlock(customer)
    visit.open(shell(visit, page))
    visit.wait("open")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name=words).press("Enter")
    file = waiting.value
    assert visit.content().count(words) == 1
    assert visit.complaints == []
    assert visit.strangers() == []
    return file.suggested_filename, file.path().read_bytes()


def test_a_member_saves_a_file_from_a_page_of_theirs(visit: Visit) -> None:
    name = "square-for-the-frame.pdf"
    found = saved(visit, GOLD, "pages/gold/workshop.md", "The sheet with the square")
    assert found == (name, (ASSETS / name).read_bytes())


def test_a_member_puts_an_event_of_theirs_into_their_calendar(visit: Visit) -> None:
    name, content = saved(visit, SILVER, "pages/events/stories-of-the-loom.md", "Add to my calendar")
    assert name == "event.ics"
    [event] = events(content)
    assert (str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) == (
        "Stories of the loom",
        "2026-09-26T15:00:00+02:00",
    )


def shell(visit: Visit, page: str) -> str:
    """Where a member's page lies, relative to the site."""
    lock = read_lock(visit.house.shop.root)
    assert lock
    key = decode_root(keys()["SITEGEN_CONTENT_KEY"], "SITEGEN_CONTENT_KEY")
    return names.shell_url(names.object_id(key, bytes.fromhex(lock.site_id), page))
