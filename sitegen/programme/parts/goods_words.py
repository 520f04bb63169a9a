"""Say the names of goods to a reader, and read the lists that a part's line names."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.model.concession import Goods
from sitegen.model.part import Arguments, BadArgument, On
from sitegen.model.product import Product


def product_name(product: Product, language: str) -> str:
    """The name of a product in a language; products have a Chinese one beside their own."""
    return (product.name_zh or product.name) if language.startswith("zh") else product.name


def goods_words(goods: Goods, on: On) -> tuple[str, ...]:
    """The groups by name, and the products that the customer file has; nothing where all goods are meant."""
    named = {product.id: product for product in on.goods.products}
    products = (product_name(named[one], on.language) for one in goods.products if one in named)
    return (*map(on.said, goods.groups), *products)


def listed(arguments: Arguments, name: str) -> tuple[str, ...]:
    """The words of an argument like `groups="linen, quilts"`."""
    return tuple(filter(None, (word.strip() for word in arguments.get(name, "").split(","))))


def known(name: str, words: Iterable[str], choices: Iterable[str], what: str) -> None:
    """Raise BadArgument for the first word of an argument that is none of the `choices`; without any all are good."""
    choices = [*choices]
    for word in words if choices else ():
        if word not in choices:
            raise BadArgument(name, f"there is no {what} '{word}'", did_you_mean(word, choices))
