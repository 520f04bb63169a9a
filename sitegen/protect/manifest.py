"""Sign and verify sg/site.json, the one file that says which build a site is."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sitegen.protect.bodies import canonical_json
from sitegen.protect.keys import derive
from sitegen.protect.packs import Layout
from sitegen.protect.refusal import Tampered

VERSION = 1
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Manifest:
    """What site.json says; `build` and `issued` are the build instant in Unix seconds, `home` a spelled id.

    `places`: objects lie in a folder of each of their audiences.
    """

    site_id: bytes
    epoch: int
    build: int
    period: str
    layout: Layout
    issued: int
    dev: bool
    home: str
    places: bool = False


def public_key(sign_key: bytes, site_id: bytes) -> bytes:
    """The raw P-256 point (65 bytes) that belongs to a signing root; members' slots pin it."""
    point = _private_key(sign_key, site_id).public_key()
    return point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign_manifest(sign_key: bytes, manifest: Manifest) -> bytes:
    """The bytes of site.json: the signed text as a string, and its signature (RFC 6979, raw r and s).

    One file holds both, because two files cannot be swapped at one instant.
    """
    point = base64.b64encode(public_key(sign_key, manifest.site_id)).decode("ascii")
    text = canonical_json(
        {
            "v": VERSION,
            "site": manifest.site_id.hex(),
            "epoch": manifest.epoch,
            "build": manifest.build,
            "period": manifest.period,
            "bits": manifest.layout.bits,
            "slot": manifest.layout.slot,
            "capacity": manifest.layout.capacity,
            "issued": manifest.issued,
            "dev": manifest.dev,
            "home": manifest.home,
            "key": point,
            # Said only where it is so, so that all other sites stay what they were.
            **({"places": True} if manifest.places else {}),
        }
    )
    key = _private_key(sign_key, manifest.site_id)
    first, second = decode_dss_signature(key.sign(text, ec.ECDSA(SHA256(), deterministic_signing=True)))
    signature = base64.b64encode(first.to_bytes(32, "big") + second.to_bytes(32, "big")).decode("ascii")
    return canonical_json({"signed": text.decode(), "signature": signature})


def verify_manifest(site_json: bytes, pinned_key: bytes) -> Manifest:
    """What site.json says, if the pinned key (65 bytes) signed it; raises Tampered if not."""
    try:
        wrapped = json.loads(site_json)
        text = wrapped["signed"].encode()
        raw = base64.b64decode(wrapped["signature"], validate=True)
        _verify(pinned_key, raw, text)
        return _manifest(json.loads(text), pinned_key)
    except (InvalidSignature, binascii.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Tampered("site.json was not signed by this site's key") from None


def claimed_manifest(site_json: bytes) -> Manifest:
    """What site.json says, if the key that it names itself signed it; raises Tampered if not.

    Whether that is the right key, only a member's slot or the signing root can say.
    """
    try:
        claimed = base64.b64decode(json.loads(json.loads(site_json)["signed"])["key"], validate=True)
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise Tampered("site.json was not signed by this site's key") from None
    return verify_manifest(site_json, claimed)


def _private_key(sign_key: bytes, site_id: bytes) -> ec.EllipticCurvePrivateKey:
    # 48 bytes reduced modulo a 32-byte order: the bias is below 2**-128 (FIPS 186-5, A.2.1).
    wide = int.from_bytes(derive(sign_key, site_id, "sign", length=48), "big")
    return ec.derive_private_key(wide % (_P256_ORDER - 1) + 1, ec.SECP256R1())


def _verify(key: bytes, raw: bytes, text: bytes) -> None:
    if len(raw) != 64:
        raise ValueError("a signature has 64 bytes")
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    point.verify(signature, text, ec.ECDSA(SHA256()))


def _manifest(value: dict[str, object], pinned_key: bytes) -> Manifest:
    if value["v"] != VERSION or base64.b64decode(str(value["key"])) != pinned_key:
        raise ValueError("another version or another key")
    number = {name: value[name] for name in ("epoch", "build", "bits", "slot", "capacity", "issued")}
    whole = {name: one for name, one in number.items() if isinstance(one, int)}
    return Manifest(
        site_id=bytes.fromhex(str(value["site"])),
        epoch=whole["epoch"],
        build=whole["build"],
        period=str(value["period"]),
        layout=Layout(whole["bits"], whole["slot"], whole["capacity"]),
        issued=whole["issued"],
        dev=value["dev"] is True,
        home=str(value["home"]),
        places=value.get("places") is True,
    )
