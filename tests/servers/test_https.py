"""The set-up that nginx.conf asks for, with a certificate: one name, https only, and a code that survives the way."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser

from tests.browser.visits import House, visiting
from tests.servers import nginx
from tests.servers.hosted import ORIGIN, small_shop
from tests.servers.web import free_port

pytestmark = pytest.mark.slow
NAME = "members.test"
"""The test browser's name for this machine that is not loopback: there, only https is a secure context."""


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of its own making, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1))
    builder = builder.not_valid_after(now + timedelta(1))
    made = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), False).sign(key, hashes.SHA256())
    files = folder / "site.pem", folder / "site.key"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    files[0].write_bytes(made.public_bytes(pem))
    files[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return files


def test_who_comes_by_http_is_led_to_https_and_in(tmp_path: Path, browser: Browser) -> None:
    shop = small_shop(tmp_path / "shop", "/")
    secure_port, plain_port = free_port(), free_port()
    written = (shop.root / "output/host/nginx.conf").read_text(encoding="utf-8")
    # The words that the file itself wants for port 80, with this test's name and port.
    said = re.search(r"^# +(return 301 .*;)$", written, re.MULTILINE)
    assert said
    words = said[1].replace(ORIGIN, f"https://{NAME}:{secure_port}")
    pem, key = certificate(tmp_path)
    secure = nginx.Secure(secure_port, pem, key, plain_port, words)
    house = House(shop, f"http://{NAME}:{plain_port}/", [])
    with (
        nginx.running(shop.site, shop.root / "output/host/nginx.conf", secure),
        visiting(house, browser, ignore_https_errors=True) as visit,
    ):
        visit.open(f"#{house.code('C-2')}")
        visit.page.wait_for_url(f"https://{NAME}:{secure_port}/m/*/")
        visit.wait("open")
        assert visit.page.evaluate("window.isSecureContext")
        assert "How good that you are here" in visit.content()
        assert not any(house.code("C-2") in url for url in visit.requests)
        assert visit.complaints == []
