"""Derive every key of a site from its three roots."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.errors import Mistakes, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT_BYTES = 32
_PREFIX = b"sitegen/v1/"
_HINT = "`sitegen keys new` makes one: the base64 of 32 random bytes"


@dataclass(frozen=True, slots=True)
class Roots:
    """The three secrets of a site, 32 bytes each; a job that does not need a root leaves it out."""

    content: bytes | None
    card: bytes | None
    sign: bytes | None

    def __repr__(self) -> str:
        held = [name for name in ("content", "card", "sign") if getattr(self, name) is not None]
        return f"Roots({', '.join(f'{name}=<secret>' for name in held)})"


def generate_roots(entropy: Callable[[int], bytes]) -> Roots:
    """Three new roots; `entropy(n)` returns n random bytes, `secrets.token_bytes` in earnest."""
    content, card, sign = (entropy(ROOT_BYTES) for _ in range(3))
    return Roots(content, card, sign)


def encode_root(root: bytes) -> str:
    """A root as it stands in the environment or in a key file: base64, 44 characters."""
    return base64.b64encode(root).decode("ascii")


def decode_root(text: str, variable: str) -> bytes:
    """The root that `text` spells; raises Mistakes that name the variable and never the value."""
    try:
        root = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        # "from None": the decoder's own error could carry part of the secret into a log.
        raise _bad_root(f"'{variable}' is not base64") from None
    if len(root) != ROOT_BYTES:
        raise _bad_root(f"'{variable}' must be {ROOT_BYTES} bytes, but holds {len(root)}")
    if root == bytes(ROOT_BYTES):
        raise _bad_root(f"'{variable}' is all zeros")
    return root


def require(root: bytes | None, variable: str) -> bytes:
    """The root itself; raises Mistakes where this job was given none."""
    if root is None:
        raise _bad_root(f"'{variable}' is missing")
    return root


def _bad_root(message: str) -> Mistakes:
    return Mistakes([Problem("", 0, 0, "bad-key", message, _HINT)])


def key_check_value(root: bytes) -> str:
    """Eight hexadecimal digits that sitegen.lock may show, so that a wrong key is noticed before it is used."""
    return hmac.digest(root, _PREFIX + b"kcv", "sha256")[:4].hex()


def length_prefixed(*parts: bytes) -> bytes:
    """The parts, each after its length as four bytes, so that no two lists of parts look alike."""
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


def derive(root: bytes, site_id: bytes, label: str, context: bytes = b"", length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869) with salt `site_id` and info "sitegen/v1/" + label + 0x00 + context."""
    return expand(extract(root, site_id), label, context, length)


def extract(root: bytes, site_id: bytes) -> bytes:
    """The first half of `derive`, the same for every label: 32 bytes, as secret as the root."""
    return hmac.digest(site_id, root, "sha256")


def expand(extracted: bytes, label: str, context: bytes = b"", length: int = 32) -> bytes:
    """The second half of `derive`: the key of a label, from what `extract` made."""
    info = _PREFIX + label.encode("ascii") + b"\0" + context
    output = block = hmac.digest(extracted, info + b"\1", "sha256")
    for counter in range(2, -(-length // 32) + 1):
        block = hmac.digest(extracted, block + info + bytes([counter]), "sha256")
        output += block
    return output[:length]


def segment_key(content_key: bytes, site_id: bytes, segment: str, epoch: int, period: str) -> bytes:
    """The 32 bytes that a member of a segment holds during one period of one epoch.

    Used only to derive: "wrap" opens objects, "tag" finds the right lock, "nav" names the segment's navigation
    object, "all" is kept for audiences that ask for several segments at once.
    """
    context = length_prefixed(segment.encode(), epoch.to_bytes(4, "big"), period.encode())
    return derive(content_key, site_id, "segment", context)
