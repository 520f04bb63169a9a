"""Find goods of which nothing is written for before, during or after a purchase."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sitegen.errors import Problem
from sitegen.model.care import Coverage, NamedPage, SaleStage
from sitegen.programme.care.pages import CarePages, Product, said

WHEN = {
    SaleStage.BEFORE: "before a purchase",
    SaleStage.DURING: "during a purchase",
    SaleStage.AFTER: "after a purchase",
}


def coverage_findings(
    products: Iterable[Product], coverage: Coverage, pages: CarePages, standing: Collection[str]
) -> Iterator[Problem]:
    """For each stage of a purchase the products that have nothing to read then; `standing` are ids of pages.

    Source: "always consistent regardless of pre-sales, sales and after-sales".
    """
    lacking: dict[SaleStage, list[str]] = {stage: [] for stage in SaleStage}
    for product in products:
        for stage in missing_stages(product, coverage, pages, standing):
            lacking[stage].append(product.id)
    for stage, ids in lacking.items():
        if ids:
            message = f"{said(ids)} nothing to read {WHEN[stage]}"
            hint = f"write a page, and name it below 'coverage:' under '{stage}' of the product, its group, or 'every'"
            yield coverage.place.problem("uncovered-product", message, hint)


def missing_stages(
    product: Product, coverage: Coverage, pages: CarePages, standing: Collection[str]
) -> tuple[SaleStage, ...]:
    """The stages for which a product has no page that stands. Its care page is something to read afterwards."""
    care = pages.page(product)
    return tuple(
        stage
        for stage in SaleStage
        if not any(page.id in standing for page in pages_for(product, coverage, stage))
        and not (stage is SaleStage.AFTER and care is not None and care.id in standing)
    )


def pages_for(product: Product, coverage: Coverage, stage: SaleStage) -> tuple[NamedPage, ...]:
    """The pages that speak of a product at a stage: its own first, then its group's, then those of all goods."""
    named = (coverage.products.get(product.id, {}), coverage.groups.get(product.group, {}), coverage.every)
    return tuple({page.id: page for pages in named for page in pages.get(stage, ())}.values())
