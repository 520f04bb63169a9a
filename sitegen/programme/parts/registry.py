"""Name the parts of the programme, and find what makes each."""

from __future__ import annotations

from importlib import import_module

from sitegen.model.part import Maker

NAMES = (
    "advisers",
    "answer",
    "benefits",
    "care",
    "complaints",
    "contracts",
    "coupons",
    "gatherings",
    "gifts",
    "ideas",
    "ladder",
    "life-stages",
    "newcomers",
    "off-season",
    "payment",
    "prices",
    "promises",
    "protection",
    "related",
    "returns",
    "standards",
)
"""Each stands in a module of its own, so that a build imports only those that its texts name."""


def maker(name: str) -> Maker:
    """What makes the part of that name, one of NAMES."""
    module = import_module(f"sitegen.programme.parts.{name.replace('-', '_')}")
    found = module.MAKER
    assert isinstance(found, Maker)
    return found
