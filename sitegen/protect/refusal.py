"""The two ways in which locked bytes refuse a reader."""

from __future__ import annotations

from sitegen.errors import SitegenError


class NoAccess(SitegenError):
    """The reader's keys open none of the locks: another segment's page, or a card that was replaced."""


class Tampered(SitegenError):
    """The bytes are not those that were sealed under this name, for this site, epoch and period."""
