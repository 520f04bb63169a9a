"""Addresses of places that a site is deployed to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Exit
from sitegen.publish.deploy.target import BadTarget, FolderTarget, SshTarget, read_target

START = Path("/home/mei/shop")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("/srv/www/shop", FolderTarget(Path("/srv/www/shop"))),
        ("/srv/www/shop/", FolderTarget(Path("/srv/www/shop"))),
        ("../site", FolderTarget(Path("/home/mei/site"))),
        ("folder:/srv/a:b", FolderTarget(Path("/srv/a:b"))),
        ("./a:b", FolderTarget(Path("/home/mei/shop/a:b"))),
        ("ssh://deploy@shop.example/srv/www/shop", SshTarget("deploy@shop.example", "/srv/www/shop")),
        ("ssh://shop.example:2222/srv/my%20shop/", SshTarget("shop.example", "/srv/my shop", 2222)),
        ("ssh://deploy@[::1]:22/srv/shop", SshTarget("deploy@[::1]", "/srv/shop", 22)),
        ("deploy@shop.example:/srv/www/shop", SshTarget("deploy@shop.example", "/srv/www/shop")),
        ("shop.example:www", SshTarget("shop.example", "www")),
        ("shop.example:~/www", SshTarget("shop.example", "www")),
        ("deploy@[::1]:www", SshTarget("deploy@[::1]", "www")),
    ],
)
def test_addresses_name_places(text: str, read: FolderTarget | SshTarget) -> None:
    assert read_target(text, START) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the target is empty"),
        ("folder:", "the target is empty"),
        ("s3://bucket/shop", "can't deploy to 's3://' yet"),
        ("https://shop.example/", "can't deploy to 'https://' yet"),
        ("ssh://deploy:geheim@shop.example/srv", "an ssh key"),
        ("ssh:///srv/www", "is no host"),
        ("ssh://-oProxyCommand=x/srv/www", "is no host"),
        ("-oProxyCommand=x:/srv/www", "is no host"),
        ("ssh://-l@shop.example/srv/www", "is no host"),
        ("ssh://shop.example:port/srv", "is no address"),
        ("ssh://shop.example/srv?x", "has a '?'"),
        ("ssh://shop.example", "names no folder of its own"),
        ("ssh://shop.example/", "names no folder of its own"),
        ("shop.example:", "names no folder of its own"),
        ("shop.example:.", "names no folder of its own"),
        ("shop.example:~", "names no folder of its own"),
        ("shop.example:~/", "names no folder of its own"),
        ("shop.example:www/../..", "names no folder of its own"),
        ("ssh://shop.example/srv%0Awww", "names no folder of its own"),
        ("/srv/www\n/shop", "characters that no address has"),
    ],
)
def test_other_addresses_are_refused_with_a_hint(text: str, words: str) -> None:
    with pytest.raises(BadTarget, match=r"(?s)hint: ") as refused:
        read_target(text, START)
    assert words in str(refused.value)
    assert "geheim" not in str(refused.value)
    assert refused.value.exit_code == Exit.USAGE


@given(st.text() | st.from_regex(r"(ssh://)?[a-z@:/.\[\]%~-]{1,30}", fullmatch=True))
def test_whatever_is_written_is_an_address_or_refused(text: str) -> None:
    try:
        read = read_target(text, START)
    except BadTarget:
        return
    if isinstance(read, SshTarget):
        assert read.path.strip("/")
        assert not read.host.startswith("-")
    else:
        assert read.path.is_absolute()
