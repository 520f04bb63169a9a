"""Say how much of a product there is, and which products wait for a buyer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitegen.model.prices import StockWord, StockWords, Unsold
from sitegen.model.product import Product


def stock_word(stock: int | None, words: StockWords) -> StockWord | None:
    """The word for so many pieces, None where nobody counts them: "the goods are in stock"."""
    if stock is None:
        return None
    if stock <= 0:
        return StockWord.NONE
    if stock <= words.last:
        return StockWord.LAST
    return StockWord.FEW if stock <= words.few else StockWord.PLENTY


def is_unsold(product: Product, rule: Unsold, on: date) -> bool:
    """Whether nobody bought a product for as long as the rule says, although it was there to be bought.

    A product of which nobody knows since when it is on the shelf is none, nor is one that is out of stock.
    """
    if product.launched_on is None or product.stock == 0:
        return False
    waited = product.last_sold is None or (on - product.last_sold).days >= rule.days
    return waited and (on - product.launched_on).days >= rule.on_shelf


def unsold_products(products: Iterable[Product], rule: Unsold, on: date) -> tuple[Product, ...]:
    """The unsold products, those first that wait longest."""
    waiting = (product for product in products if is_unsold(product, rule, on))
    return tuple(sorted(waiting, key=lambda product: (product.last_sold or product.launched_on or on, product.id)))
