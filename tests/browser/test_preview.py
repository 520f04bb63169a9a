"""The preview server with visitors who do not wait."""

from __future__ import annotations

import socket
import struct
import time
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.browser.visits import House

pytestmark = pytest.mark.xdist_group("sample")
AT_ONCE = struct.pack("ii", 1, 0)


def test_a_browser_that_leaves_in_the_middle_is_no_news(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    sizes = {path: len(content) for path, content in house.shop.files().items()}
    largest = max(sizes, key=sizes.__getitem__)
    place = urlsplit(house.url)
    for _ in range(10):
        with socket.create_connection((place.hostname or "", place.port or 0)) as visitor:
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            visitor.sendall(f"GET /{largest} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
    with urllib.request.urlopen(house.url + largest) as answer:
        assert len(answer.read()) == sizes[largest]
    time.sleep(0.2)
    assert capfd.readouterr().err == ""
