"""The sample shop's files for members: a sheet for gold, a day for everybody's calendar."""

from __future__ import annotations

import pytest

from sitegen.protect import names
from sitegen.protect.keys import decode_root
from sitegen.publish.lock_file import read_lock
from tests.browser.visits import GOLD, SILVER, Visit
from tests.golden.sample_shop import REPOSITORY, keys

pytestmark = pytest.mark.xdist_group("sample")
ASSETS = REPOSITORY / "content" / "assets"


@pytest.mark.parametrize(
    ("customer", "page", "words", "name"),
    [
        (GOLD, "pages/gold/workshop.md", "The sheet with the square", "square-for-the-frame.pdf"),
        (SILVER, "pages/events/stories-of-the-loom.md", "Put the afternoon", "stories-of-the-loom.ics"),
    ],
)
def test_a_member_saves_a_file_from_a_page_of_theirs(
    visit: Visit, customer: str, page: str, words: str, name: str
) -> None:
    visit.unlock(customer)
    visit.open(shell(visit, page))
    visit.wait("open")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name=words).press("Enter")
    saved = waiting.value
    assert (saved.suggested_filename, saved.path().read_bytes()) == (name, (ASSETS / name).read_bytes())
    assert visit.content().count(words) == 1
    assert visit.complaints == []
    assert visit.strangers() == []


def shell(visit: Visit, page: str) -> str:
    """Where a member's page lies, relative to the site."""
    lock = read_lock(visit.house.shop.root)
    assert lock
    key = decode_root(keys()["SITEGEN_CONTENT_KEY"], "SITEGEN_CONTENT_KEY")
    return names.shell_url(names.object_id(key, bytes.fromhex(lock.site_id), page))
