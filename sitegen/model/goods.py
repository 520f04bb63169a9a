"""What the customer file says of the shop itself, and of no customer: goods, gatherings, ideas, advisers, stores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model.gathering import Gathering, Idea
from sitegen.model.product import Product


class Shelf(StrEnum):
    """A part of the customer file that pages may show; each is asked for only where a page needs it."""

    PRODUCTS = "products"
    GATHERINGS = "gatherings"
    IDEAS = "ideas"
    ADVISERS = "advisers"
    STORES = "stores"


@dataclass(frozen=True, slots=True)
class Store:
    """A store as its row says; what the file doesn't say is ""."""

    id: str
    name: str
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Adviser:
    """An adviser as their row says; what the file doesn't say is "". `photo` is a path below content/assets/."""

    id: str
    full_name: str
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    photo: str = ""
    store_id: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """What pages show of the customer file, as it is on a day; each in the order of its ids, gatherings by their days.

    No row of a customer is among it. Of an idea there is no customer either: `Idea.customer_id` is "".
    """

    products: tuple[Product, ...] = ()
    gatherings: tuple[Gathering, ...] = ()
    ideas: tuple[Idea, ...] = ()
    advisers: tuple[Adviser, ...] = ()
    stores: tuple[Store, ...] = ()


NO_GOODS = Goods()
