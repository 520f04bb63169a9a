"""Markdown becomes HTML."""

from __future__ import annotations

from sitegen.render.markup.convert import Converted, convert, html
from sitegen.render.markup.directives import Form, inner_alone
from sitegen.render.markup.headings import Heading
from sitegen.render.markup.rewrite import Links

__all__ = ["Converted", "Form", "Heading", "Links", "convert", "html", "inner_alone"]
