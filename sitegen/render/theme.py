"""Jinja over a theme's sources: strict, escaped, and with mistakes that name the template's line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme

WRONG = (TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
"""What Python says of an expression in a template that makes no sense: 1 + "a", 1 / 0, a template in itself."""

NO_SUCH_NAME = re.compile(r"'sitegen\.render\.[\w.]+\.(\w+)View object' has no attribute '(\w+)'")
"""Jinja's words for a name that a view lacks; whoever writes a theme knows it as `page` or `shop`."""


@dataclass(frozen=True, slots=True)
class Templates:
    """A theme's templates, compiled when first used."""

    theme: Theme
    environment: SandboxedEnvironment

    def render(self, name: str, about: str, views: Mapping[str, object]) -> str:
        """The template filled. `about` names the thing that is being rendered, for the message.

        Raises Mistakes with the template's file and line where the template is missing or wrong.
        """
        try:
            return self.environment.get_template(name).render(views)
        except TemplateNotFound as error:
            raise Mistakes([self._missing(str(error.name or name), about)]) from None
        except TemplateSyntaxError as error:
            raise Mistakes([self._problem(error.name or name, error.lineno, str(error.message), about)]) from None
        except (TemplateError, *WRONG) as error:
            place = _place(error, self.theme.templates)
            if place is None and not isinstance(error, TemplateError):
                raise
            file, line = place or (name, 0)
            said = NO_SUCH_NAME.sub(lambda found: f"'{found[1].lower()}' has no '{found[2]}'", str(error))
            raise Mistakes([self._problem(file, line, said, about)]) from None

    def _missing(self, name: str, about: str) -> Problem:
        near = get_close_matches(name, self.theme.templates, 1)
        hint = f"did you mean '{near[0]}'?" if near else "a theme needs it; copy it from the theme 'hearth'"
        message = f"missing template '{name}' (needed for {about})"
        return Problem(f"themes/{self.theme.name}/{name}", 0, 0, "missing-template", message, hint)

    def _problem(self, name: str, line: int, said: str, about: str) -> Problem:
        file = f"themes/{self.theme.name}/{name}"
        return Problem(file, line, 0, "template", f"{said} (while rendering {about})", "mend the template")


def templates(theme: Theme, functions: Mapping[str, Callable[..., object]]) -> Templates:
    """The theme's templates with functions that they may call, such as `static` and `t`."""
    environment = SandboxedEnvironment(
        loader=FunctionLoader(lambda name: _source(theme, name)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(functions)
    return Templates(theme, environment)


def _source(theme: Theme, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    # The second text is the file name that a traceback shows; without it no mistake would know its template.
    return (theme.templates[name], name, lambda: True) if name in theme.templates else None


def words(theme: Theme, language: str) -> Callable[[str], str]:
    """`t(key)`: the theme's word in a language, else in English. Raises Mistakes for an unknown key."""
    own, english = theme.strings.get(language, {}), theme.strings.get("en", {})

    def t(key: str) -> str:
        word = own.get(key, english.get(key))
        if word is None:
            file = f"themes/{theme.name}/locale/en.yaml"
            raise Mistakes([Problem(file, 0, 0, "missing-word", f"the theme has no word for '{key}'", "add the key")])
        return word

    return t


def _place(error: Exception, sources: Mapping[str, str]) -> tuple[str, int] | None:
    # Jinja rewrites tracebacks so that frames carry the template's name and line.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in sources:
            return frame.filename, frame.lineno or 0
    return None
