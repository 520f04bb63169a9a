"""What kind of data each file of a site holds, by its ending."""

from __future__ import annotations

MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "text/html": (".html",),
    "text/css": (".css",),
    "text/javascript": (".js",),
    "text/plain": (".txt",),
    "text/calendar": (".ics",),
    "text/vcard": (".vcf",),
    "application/xml": (".xml",),
    "application/json": (".json",),
    "application/manifest+json": (".webmanifest",),
    "image/svg+xml": (".svg",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/avif": (".avif",),
    "image/x-icon": (".ico",),
    "font/woff2": (".woff2",),
    "font/woff": (".woff",),
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "audio/mpeg": (".mp3",),
    "video/mp4": (".mp4",),
    "application/octet-stream": (".bin",),
}
"""Media types by the endings that they have; anything else is application/octet-stream."""
CHARSET = ("text/html", "text/css", "text/javascript", "text/plain", "text/calendar", "text/vcard", "application/xml")
"""Types that say their character set, UTF-8. JSON is UTF-8 always (RFC 8259), and SVG says it itself."""
COMPRESSED = (*CHARSET, "application/json", "application/manifest+json", "image/svg+xml")
"""Types that shrink; what is locked or packed already does not."""


def content_type(path: str) -> str:
    """The Content-Type of a file."""
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    found = next((media for media, endings in MEDIA_TYPES.items() if ending in endings), "application/octet-stream")
    return f"{found}; charset=utf-8" if found in CHARSET else found
