"""The preview's script in a page."""

from __future__ import annotations

from sitegen.serve.injected import nothing_yet, with_script


def test_the_script_stands_at_the_end_of_the_head_once() -> None:
    page = b"<html><head><title>A</title></head><body></head> is a word</body></html>"

    made = with_script(page, "/-/x/live.js", {"number": "3", "desk": '/-/"x"/'})

    assert made == (
        b'<html><head><title>A</title><script src="/-/x/live.js" data-number="3" data-desk="/-/&quot;x&quot;/" defer>'
        b"</script>\n</head><body></head> is a word</body></html>"
    )


def test_a_redirect_without_a_head_stays_as_it_is() -> None:
    assert with_script(b"<html><meta></html>", "/-/x/live.js", {}) == b"<html><meta></html>"


def test_before_the_first_good_build_there_is_a_page_that_can_listen() -> None:
    assert b"</head>" in nothing_yet(0)
    assert b"has failed" in nothing_yet(1)
