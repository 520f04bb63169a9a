"""The headers: what may be kept, who may show it, and what every answer says."""

from __future__ import annotations

from sitegen.protect.policy import IMMUTABLE, REVALIDATE, Shelf, headers


def test_only_what_never_changes_under_its_name_may_be_kept_for_ever() -> None:
    kept = {shelf for shelf in Shelf if ("Cache-Control", IMMUTABLE) in headers(shelf, https=True)}
    asked = {shelf for shelf in Shelf if ("Cache-Control", REVALIDATE) in headers(shelf, https=True)}
    assert kept == {Shelf.ASSET, Shelf.THEME, Shelf.RUNTIME, Shelf.PACK}
    assert asked == set(Shelf) - kept


def test_only_pictures_of_mails_and_public_pages_may_be_shown_elsewhere() -> None:
    shared = {shelf: dict(headers(shelf, https=True)).get("Cross-Origin-Resource-Policy", "") for shelf in Shelf}
    assert shared.pop(Shelf.PAGE) == ""
    assert shared.pop(Shelf.ASSET) == "cross-origin"
    assert set(shared.values()) == {"same-origin"}


def test_no_header_is_said_twice_and_none_allows_more_than_the_site_needs() -> None:
    for shelf in Shelf:
        names = [name for name, _ in headers(shelf, https=True)]
        assert len(set(names)) == len(names)
        policy = dict(headers(shelf, https=True))["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
