"""Tests of signing messages ourselves."""

from __future__ import annotations

import base64

import dkim  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sitegen.errors import Unusable
from sitegen.model.smtp import Dkim
from sitegen.send.signature import signer

DKIM = Dkim("autumn", "shop.example")
MESSAGE = (
    b"From: Shop <letters@shop.example>\r\nTo: ada@mail.example\r\nSubject: A wish\r\nMessage-ID: <t1@shop.example>\r\n"
    b"List-Unsubscribe: <https://shop.example/u?token=x>,\r\n <mailto:bye@shop.example>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nDear Ada\r\n.\r\n"
)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pem(key: rsa.RSAPrivateKey, form: serialization.PrivateFormat) -> str:
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def verified(key: rsa.RSAPrivateKey, message: bytes) -> bool:
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    public = base64.b64encode(key.public_key().public_bytes(serialization.Encoding.DER, spki)).decode()

    def record(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"autumn._domainkey.shop.example."
        return f"v=DKIM1; k=rsa; p={public}".encode()

    return bool(dkim.verify(message, dnsfunc=record))


@pytest.mark.parametrize("form", [serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8])
@pytest.mark.parametrize("end", ["\n", "\\n"])
def test_a_signed_message_verifies_and_a_changed_one_does_not(
    key: rsa.RSAPrivateKey, form: serialization.PrivateFormat, end: str
) -> None:
    signed = signer(DKIM, pem(key, form).replace("\n", end))(MESSAGE)
    assert signed.endswith(MESSAGE)
    assert b"\n" not in signed.replace(b"\r\n", b"")
    assert verified(key, signed)
    assert not verified(key, signed.replace(b"Dear Ada", b"Dear Eve"))
    assert not verified(key, signed.replace(b"bye@", b"hey@"))
    assert not verified(key, b"From: Eve <eve@shop.example>\r\n" + signed)


@pytest.mark.parametrize("wrong", ["moon", "-----BEGIN RSA PRIVATE KEY-----\nmoon\n-----END RSA PRIVATE KEY-----"])
def test_a_key_that_is_none_is_told_without_showing_it(wrong: str) -> None:
    with pytest.raises(Unusable, match="SITEGEN_DKIM_KEY is no RSA private key in PEM") as stopped:
        signer(DKIM, wrong)
    assert "moon" not in str(stopped.value)


def test_a_missing_key_is_told() -> None:
    with pytest.raises(Unusable, match="SITEGEN_DKIM_KEY is not set"):
        signer(DKIM, "")
