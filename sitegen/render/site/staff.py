"""Lead from one page of the house to another, wherever they come to lie on the site."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.model.staff_page import STAFF_PAGES

LINK = "staff-page:"
"""What begins the address of a page of the house before anybody knows where it will lie on the site."""
AIM = re.compile(rf'\bhref="{LINK}([^"#]*)')


def addressed(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with the address of each page to which it leads, by the page's id. KeyError where there is none."""
    return AIM.sub(lambda link: f'href="{addresses[STAFF_PAGES + link[1]]}', html)
