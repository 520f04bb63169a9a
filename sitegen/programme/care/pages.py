"""Find the care page of what somebody bought, and the rule for whoever bought something that it speaks of."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.errors import Problem
from sitegen.model.care import Care
from sitegen.model.page import Page
from sitegen.model.tree import Place

MOST_NAMED = 8
"""Products that a finding names one by one."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the customer file: its number, its group, and the slug of its care page; "" where there is none."""

    id: str
    group: str = ""
    care: str = ""


@dataclass(frozen=True, slots=True)
class CarePages:
    """Slugs of care pages ("care/linen"): `own` are all there can be, `groups` those of groups of goods."""

    own: Mapping[str, Page]
    groups: Mapping[str, str]

    def slug(self, product: Product) -> str:
        """Where the care page of a product stands: its own, else its group's; "" where there is neither."""
        return product.care or self.groups.get(product.group, "")

    def page(self, product: Product) -> Page | None:
        """The page itself, in the language of the shop; None where nothing is written."""
        return self.own.get(self.slug(product))


def care_pages(care: Care | None, pages: Iterable[Page]) -> CarePages:
    """The pages that a care slug can mean, and the groups that `care: pages:` gives one."""
    known = tuple(pages)
    by_id = {page.id: page for page in known}
    named = care.pages.items() if care else ()
    groups = {group: by_id[page.id].url_path.strip("/") for group, page in named if page.id in by_id}
    return CarePages({page.url_path.strip("/"): page for page in known if not page.original}, groups)


def rule_of(slug: str, pages: CarePages) -> str:
    """The rule, in the segment language, for whoever bought something whose care page is `slug`."""
    groups = sorted(group for group, page in pages.groups.items() if page == slug)
    conditions = [{"product.care": f"is {slug}"}]
    conditions += [{"product.group": f"is {group}", "product.care": "is empty"} for group in groups]
    # JSON is YAML too, and puts every name in quotes.
    lines = (f"  - bought: {{at least: 1, with: {json.dumps(asked, ensure_ascii=False)}}}\n" for asked in conditions)
    return "any:\n" + "".join(lines)


def care_findings(products: Iterable[Product], pages: CarePages, place: Place) -> Iterator[Problem]:
    """Products without any care page, and those whose care page is not written."""
    bare: list[str] = []
    lost: dict[str, list[str]] = {}
    for product in products:
        slug = pages.slug(product)
        if not slug:
            bare.append(product.id)
        elif slug not in pages.own:
            lost.setdefault(slug, []).append(product.id)
    if bare:
        hint = "fill in the column 'care' of products, or name a page for their group below 'care: pages:'"
        yield place.problem("product-without-care", f"{said(bare)} no care page", hint)
    for slug, ids in sorted(lost.items()):
        message = f"{said(ids)} the care page '{slug}', which is not written"
        hint = f"write content/pages/{slug}.md, or correct the column 'care' of products"
        yield place.problem("product-without-care", message, hint)


def said(ids: Collection[str]) -> str:
    """ "2 products ('P-1', 'P-2') have": so many products, the first of them by number."""
    names = ", ".join(f"'{one}'" for one in sorted(ids)[:MOST_NAMED])
    if len(ids) == 1:
        return f"the product {names} has"
    return f"{len(ids)} products ({names}{', ...' if len(ids) > MOST_NAMED else ''}) have"
