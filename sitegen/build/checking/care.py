"""Look at care and service: months, goods and rules of which something is missing, promises and surveys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.programme.care.coverage import coverage_findings
from sitegen.programme.care.life_stages import product_findings, stage_findings
from sitegen.programme.care.pages import Product, care_findings, care_pages
from sitegen.programme.service.findings import (
    complaint_findings,
    page_findings,
    returns_findings,
    service_text,
    standard_findings,
    text_findings,
)
from sitegen.programme.service.promises import overdue, without_proof
from sitegen.programme.service.surveys import survey_findings


def care_problems(project: Project, today: date) -> Iterator[Problem]:
    """What can be said of care and service without the customer file."""
    programme, shop = project.programme, project.shop
    if programme.life_stages:
        yield from stage_findings(programme.life_stages, project.pages, today)
    yield from standard_findings(programme.standards)
    if programme.returns:
        yield from returns_findings(programme.returns)
    if programme.complaints:
        yield from complaint_findings(programme.complaints, shop)
    rules = [section for section in (programme.returns, programme.complaints) if section]
    if rules:
        text = service_text(programme.returns, programme.complaints)
        yield from text_findings(text, shop.language, rules[0].place)
        named = (section.page.id for section in rules if section.page)
        yield from page_findings(project.pages, named, shop)
    for survey in project.surveys:
        yield from survey_findings(survey)


def goods_problems(project: Project, engine: Engine, today: date) -> Iterator[Problem]:
    """Goods without a care page or without anything to read, and goods of a stage of life that there are not."""
    programme = project.programme
    if not (programme.care or programme.coverage or programme.life_stages):
        return
    products = _products(engine)
    pages = care_pages(programme.care, project.pages)
    if programme.care:
        yield from care_findings(products, pages, programme.care.place)
    if programme.coverage:
        standing = {page.id for page in project.pages if not page.draft and page.window.contains(today)}
        yield from coverage_findings(products, programme.coverage, pages, standing)
    if programme.life_stages:
        groups = {product.group for product in products}
        yield from product_findings(programme.life_stages, (product.id for product in products), groups)


def promise_problems(engine: Engine, file: str, today: date) -> Iterator[Problem]:
    """Promises that are late, and those that are said to be kept without proof: a finding each.

    `file` is where people look for what is wrong with customers.
    """
    late = overdue(engine.tables, today)
    late = late.aggregate(number=late.count(), first=late["promise_id"].argmin(late["due_on"]))
    (row,) = engine.ask(late)
    if row["number"]:
        many = f"{row['number']} promises are late" if row["number"] > 1 else "a promise is late"
        message = f"{many}, above all '{row['first']}'"
        hint = "keep them: output/work/promises.csv says to whom, and by whom"
        yield Problem(file, 0, 0, "overdue-promise", message, hint)
    silent = without_proof(engine.tables)
    (row,) = engine.ask(silent.aggregate(number=silent.count(), first=silent["promise_id"].min()))
    if row["number"]:
        many = f"{row['number']} promises are" if row["number"] > 1 else "a promise is"
        message = f"{many} said to be kept without proof, such as '{row['first']}'"
        yield Problem(file, 0, 0, "unproved-promise", message, "write into 'proof' how one knows")


def _products(engine: Engine) -> tuple[Product, ...]:
    table = engine.tables["products"]
    found = table.select("product_id", "group", "care").order_by("product_id")
    return tuple(Product(row["product_id"], row["group"] or "", row["care"] or "") for row in engine.ask(found))
