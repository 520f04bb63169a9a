"""Seal what a link lets its reader do into a token that nobody else can read, change or make."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Claim, Purpose
from sitegen.protect.keys import derive, length_prefixed

LONGEST = 2048
"""Characters of a token that are looked at at all."""

_FORM = 1
# Every message of every shop shares these labels; the key sets shops apart.
_SALT = b"receiver"
# The numbers on the wire are these places: only ever add at the end.
_PURPOSES = (
    Purpose.UNSUBSCRIBE,
    Purpose.PREFERENCES,
    Purpose.SURVEY,
    Purpose.COMPLAINT,
    Purpose.SUGGESTION,
    Purpose.RSVP,
    Purpose.RESULT,
    Purpose.STEP,
)
_CHANNELS = (Channel.PAGE, Channel.MAIL, Channel.TEXT, Channel.CARD)
_CLASSES = (MessageClass.PROMOTION, MessageClass.CARE, MessageClass.SURVEY)
_HEAD = 4
_DAY = 3
_HASH = 32
_NAMES = 5
"""Texts that a claim has at most."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """What makes and opens the tokens of one receiver key: AES-256-SIV, and a key for the ids of messages."""

    box: AESSIV = field(repr=False)
    id_key: bytes = field(repr=False)


def sealer(key: bytes) -> Sealer:
    """The sealer of SITEGEN_RECEIVER_KEY (32 bytes), with a derived key for each use."""
    return Sealer(AESSIV(derive(key, _SALT, "token", length=64)), derive(key, _SALT, "message-id"))


def seal(sealer: Sealer, claim: Claim) -> str:
    """The token of a claim: base64url without padding, about 130 characters; the same claim gives the same token.

    AES-SIV (RFC 5297) is deterministic by design, so a build writes the same bytes twice and no nonce can repeat.
    """
    said = b"".join(
        (
            bytes((_FORM, _PURPOSES.index(claim.purpose), _CHANNELS.index(claim.channel))),
            bytes((_CLASSES.index(claim.message_class),)),
            claim.day.toordinal().to_bytes(_DAY, "big"),
            bytes.fromhex(claim.address_key),
            length_prefixed(*(text.encode() for text in _named(claim))),
        )
    )
    return base64.urlsafe_b64encode(sealer.box.encrypt(said, None)).decode("ascii").rstrip("=")


def unseal(sealer: Sealer, token: str, purpose: Purpose) -> Claim | None:
    """The claim of a token, None where it is none of ours, was changed, or is for another purpose."""
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        said = sealer.box.decrypt(sealed, None)
    except (binascii.Error, ValueError, InvalidTag):
        return None
    claim = _claim(said)
    return claim if claim.purpose is purpose else None


def message_token(sealer: Sealer, edition: str, channel: Channel, address_key: str) -> str:
    """What names one message everywhere: in its Message-ID, its return path, a mail that unsubscribes.

    Sixteen bytes of HMAC-SHA256 in lower-case base32, 26 characters: it says nothing, and only the ledger knows
    whose it is. It has the key of a delivery, so a message that is made again has the same one.
    """
    said = length_prefixed(edition.encode(), channel.encode(), address_key.encode())
    return base64.b32encode(hmac.digest(sealer.id_key, said, "sha256")[:16]).decode("ascii").rstrip("=").lower()


def _claim(said: bytes) -> Claim:
    """The claim that authentic bytes spell: they are our own, so their form holds."""
    assert said[0] == _FORM, said[0]
    hashed = _HEAD + _DAY
    customer_id, campaign, edition, about, adviser_id = (*_texts(said[hashed + _HASH :]), "", "")[:_NAMES]
    return Claim(
        purpose=_PURPOSES[said[1]],
        customer_id=customer_id,
        channel=_CHANNELS[said[2]],
        message_class=_CLASSES[said[3]],
        campaign=campaign,
        edition=edition,
        address_key=said[hashed : hashed + _HASH].hex(),
        day=date.fromordinal(int.from_bytes(said[_HEAD:hashed], "big")),
        about=about,
        adviser_id=adviser_id,
    )


def _named(claim: Claim) -> tuple[str, ...]:
    """The texts of a claim; what few links say has no room in the others."""
    few = (claim.about, claim.adviser_id) if claim.adviser_id else (claim.about,) if claim.about else ()
    return (claim.customer_id, claim.campaign, claim.edition, *few)


def _texts(said: bytes) -> list[str]:
    texts: list[str] = []
    while said:
        end = 4 + int.from_bytes(said[:4], "big")
        texts.append(said[4:end].decode())
        said = said[end:]
    return texts
