"""Give protected things names and paths that tell nothing."""

from __future__ import annotations

import hmac

from sitegen.protect import base32
from sitegen.protect.keys import derive

ID_BYTES = 16
SITE_PATH = "sg/site.json"
SEARCH_PATH = "search.json"


def object_id(content_key: bytes, site_id: bytes, logical_path: str) -> bytes:
    """The 16 bytes that stand for a logical path, the same in every build, unguessable without the key."""
    key = derive(content_key, site_id, "objid")
    return hmac.digest(key, logical_path.encode(), "sha256")[:ID_BYTES]


def navigation_id(site_id: bytes, segment_key: bytes) -> bytes:
    """The object id of a segment's navigation: whoever holds the segment's key can compute it, nobody else."""
    return derive(segment_key, site_id, "nav", length=ID_BYTES)


def search_id(site_id: bytes, segment_key: bytes) -> bytes:
    """The object id of a segment's search index, found like its navigation."""
    return derive(segment_key, site_id, "search", length=ID_BYTES)


def audience_id(content_key: bytes, site_id: bytes, segment: str) -> bytes:
    """The 16 bytes that stand for a segment in a host's rules, the same in every build."""
    return derive(content_key, site_id, "audience", segment.encode(), ID_BYTES)


def spell_id(identifier: bytes) -> str:
    """An id as it stands in paths: 26 lower-case characters."""
    if len(identifier) != ID_BYTES:
        raise ValueError(f"an object id has {ID_BYTES} bytes, not {len(identifier)}")
    return base32.spell(identifier).lower()


def read_id(spelling: str) -> bytes:
    """The 16 bytes of a spelled id; raises ValueError for anything that `spell_id` does not write."""
    values = [base32.VALUES.get(character.upper(), -1) for character in spelling]
    if len(values) != base32.CHARACTERS or min(values) < 0 or spelling != spelling.lower():
        raise ValueError("not an object id")
    return base32.read(values, ID_BYTES)


def shell_path(identifier: bytes) -> str:
    """Where the shell of a protected page lies, relative to the site."""
    return f"m/{spell_id(identifier)}/index.html"


def shell_url(identifier: bytes) -> str:
    """The link to a protected page, relative to the site."""
    return f"m/{spell_id(identifier)}/"


def object_path(epoch: int, period: str, identifier: bytes) -> str:
    """Where an object's locked bytes lie, relative to the site."""
    spelling = spell_id(identifier)
    # Other keys, another path: whoever is just coming in, or meets half a deploy, never gets bytes for other keys.
    return f"sg/{epoch}/o/{period}/{spelling[:2]}/{spelling}.bin"


def place_id(site_id: bytes, segment_key: bytes) -> bytes:
    """The id of the folder of a segment's objects, where each has its own; whoever holds the key can compute it."""
    return derive(segment_key, site_id, "place", length=ID_BYTES)


def placed_path(place: bytes, identifier: bytes) -> str:
    """Where an object's locked bytes lie in a segment's folder, relative to the site."""
    spelling = spell_id(identifier)
    # The place hangs on the segment's key, so other keys are another path here too.
    return f"a/{spell_id(place)}/{spelling[:2]}/{spelling}.bin"


def pack_path(epoch: int, build: int, prefix: int) -> str:
    """Where a pack of member slots lies, relative to the site."""
    return f"sg/{epoch}/k/{build}/{prefix:04x}.bin"
