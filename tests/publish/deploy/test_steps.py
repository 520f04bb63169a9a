"""The order in which a site changes: at every moment, every member opens every page that they are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import names
from sitegen.protect.refusal import NoAccess
from sitegen.publish.deploy.steps import Changes, Put, Remove, steps
from tests.protect import tinysite
from tests.publish.deploy.opening import pages_of
from tests.publish.deploy.versions import CODES, OLD, PINNED, Files, changes_between, later_cases

PATHS = st.sampled_from(
    [
        *("sg/site.json", "sg/1/o/2026-09/ab/x.bin", "sg/2/o/2026-09/ab/x.bin", "sg/1/k/17/0000.bin", "sg/rt-1.js"),
        *("index.html", "m/x/index.html", "feed.xml", "search.json", "static/site.css", "a/b.pdf", ".nojekyll"),
        *("sg/1/k/18/0000.bin", "robots.txt", "_headers"),
    ]
)


@given(st.sets(PATHS), st.sets(PATHS), st.sets(PATHS))
def test_every_file_is_in_one_step_and_in_the_right_sort(added: set[str], changed: set[str], removed: set[str]) -> None:
    changes = Changes(tuple(added), tuple(changed - added), tuple(removed - added - changed))
    planned = steps(changes)
    put = [path for step in planned if isinstance(step, Put) for path in step.paths]
    gone = [path for step in planned if isinstance(step, Remove) for path in step.paths]
    assert sorted(put) == sorted(added | changed)
    assert sorted(gone) == sorted(changes.removed)
    assert all(step.paths for step in planned)


@given(st.sets(PATHS), st.sets(PATHS), st.sets(PATHS))
def test_site_json_is_written_last_and_only_then_anything_goes(
    added: set[str], changed: set[str], removed: set[str]
) -> None:
    changes = Changes(tuple(added), tuple(changed - added), tuple(removed - added - changed))
    order = [(isinstance(step, Remove), path) for step in steps(changes) for path in step.paths]
    assert order == sorted(order, key=lambda one: (one[0], not one[0] and one[1] == names.SITE_PATH))


@pytest.mark.parametrize("case", later_cases())
def test_at_every_moment_of_a_deploy_every_member_opens_every_page(case: str) -> None:
    old, new = tinysite.site(OLD), later_cases()[case]
    moments = 0
    for files in every_moment(old, new):
        switched = files[names.SITE_PATH] == new[names.SITE_PATH]
        for name, spelled in CODES.items():
            before, after = seen(old, spelled), seen(new, spelled)
            now = seen(files, spelled)
            told = f"{name} after {moments} files"
            if switched:
                assert now == after, told
            else:
                assert now.keys() <= before.keys() | after.keys(), told
                assert before.keys() & (after.keys() or before.keys()) <= now.keys(), told
        moments += 1
    assert moments > 3


def seen(files: Files, spelled: str) -> dict[str, str]:
    """What a member reads; nothing where the site knows no such card (any more)."""
    try:
        return pages_of(files.__getitem__, spelled, PINNED)
    except NoAccess as refusal:
        if "no slot" not in str(refusal):
            raise
        return {}


def every_moment(old: Files, new: Files) -> Iterator[Files]:
    files = dict(old)
    for step in steps(changes_between(old, new)):
        for path in step.paths:
            if isinstance(step, Put):
                files[path] = new[path]
            else:
                del files[path]
            yield files
    assert files == new
