"""The content security policy under which every page of a site runs."""

from __future__ import annotations

# Decrypted pages live in the origin that holds the keys, so this policy is the real fence: no inline script or
# style, nothing from elsewhere, no form that leaves, and HTML only through the runtime's Trusted Types policy.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' blob:; "
    "media-src blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'none'; "
    "base-uri 'none'; "
    "object-src 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types sitegen"
)
