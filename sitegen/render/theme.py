"""Jinja over a theme's sources: strict, escaped, and with mistakes that name the template's line."""

from __future__ import annotations

import re
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import CodeType
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment

from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme
from sitegen.render.fields import plural_form, whole_number
from sitegen.render.reads import Reads
from sitegen.render.template_parts import digest, parts

Reached: TypeAlias = tuple[tuple[tuple[str, str], ...], frozenset[str]]
"""Templates with the digests of their sources, and the variables that they ask for."""
NOTED_VARIABLES = frozenset({"menu", "menus", "items", "teasers"})
MOST = 512
"""Templates that are kept compiled."""
MENUS = frozenset({"menu", "menus"})
"""Variables of pages that are noted as a whole."""
WRONG = (TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
"""What Python says of an expression in a template that makes no sense: 1 + "a", 1 / 0, a template in itself."""

NO_SUCH_NAME = re.compile(r"'sitegen\.render\.[\w.]+\.(\w+)View object' has no attribute '(\w+)'")
"""Jinja's words for a name that a view lacks; whoever writes a theme knows it as `page` or `shop`."""


@dataclass(frozen=True, slots=True)
class Templates:
    """A theme's templates, compiled when first used."""

    theme: Theme
    environment: NotingEnvironment
    reads: Reads

    def render(self, name: str, about: str, views: Mapping[str, object]) -> str:
        """The template filled. `about` names the thing that is being rendered, for the message.

        Raises Mistakes with the template's file and line where the template is missing or wrong.
        """
        self.reads.note("template", name)
        try:
            template = self.environment.get_template(name)
            for variable in NOTED_VARIABLES & variables(self, name):
                self.reads.note(variable, _language(views) if variable in {*MENUS, "teasers"} else "")
                if variable in MENUS:
                    # Which line is the current one hangs on where the page lies.
                    self.reads.note("page", "url")
            return template.render(views)
        except TemplateNotFound as error:
            raise Mistakes([self._missing(str(error.name or name), about)]) from None
        except TemplateSyntaxError as error:
            raise Mistakes([self._problem(error.name or name, error.lineno, str(error.message), about)]) from None
        except (TemplateError, *WRONG) as error:
            place = _place(error, self.theme)
            if place is None and not isinstance(error, TemplateError):
                raise
            file, line = place or (name, 0)
            said = NO_SUCH_NAME.sub(lambda found: f"'{found[1].lower()}' has no '{found[2]}'", str(error))
            raise Mistakes([self._problem(file, line, said, about)]) from None

    def _missing(self, name: str, about: str) -> Problem:
        near = get_close_matches(name, self.theme.templates, 1)
        hint = f"did you mean '{near[0]}'?" if near else "a theme needs it; copy it from the theme 'hearth'"
        message = f"missing template '{name}' (needed for {about})"
        return Problem(self.theme.file(name), 0, 0, "missing-template", message, hint)

    def _problem(self, name: str, line: int, said: str, about: str) -> Problem:
        said = f"{said} (while rendering {about})"
        return Problem(self.theme.file(name), line, 0, "template", said, "mend the template")


class NamedUndefined(StrictUndefined):
    """What a template asked for in vain; of a shop's data it says in which file they lack it."""

    @property
    def _undefined_message(self) -> str:
        file = getattr(self._undefined_obj, "_where", "")
        if not file or self._undefined_name is None:
            return super()._undefined_message
        near = get_close_matches(str(self._undefined_name), map(str, self._undefined_obj), 1)
        return f"'{file}' has no '{self._undefined_name}'" + (f"; did you mean '{near[0]}'?" if near else "")


class Compiled(BytecodeCache):
    """Templates as they were compiled, by their sources, for the next build of this process: a preview's.

    They are in no file: whoever could write it could have a build run anything.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], CodeType | None] = OrderedDict()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, where it is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template's code."""
        self._kept[bucket.key, bucket.checksum] = bucket.code
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)


_COMPILED = Compiled()


class NotingEnvironment(SandboxedEnvironment):
    """A sandbox that notes which attributes of views templates look at."""

    reads: Reads

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a view, noted, or anything else as the sandbox allows it."""
        noted = getattr(type(obj), "NOTED", None)
        if noted is None:
            return super().getattr(obj, attribute)
        self.reads.note(noted, attribute if noted == "page" else f"{obj.language} {attribute}")
        # What a view has is for templates, so that nobody need ask whether it is safe.
        return super().getattr(obj, attribute) if attribute.startswith("_") else self._shown(obj, attribute)

    def _shown(self, obj: Any, attribute: str) -> Any:
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)


def closure(made: Templates, name: str) -> tuple[tuple[str, str], ...]:
    """A template and all that it extends, includes or imports, each with the digest of its source."""
    return _reached(made.theme, made.environment, name)[0]


def variables(made: Templates, name: str) -> frozenset[str]:
    """The variables that a template and all that it reaches ask for."""
    return _reached(made.theme, made.environment, name)[1]


_CLOSURES: WeakKeyDictionary[NotingEnvironment, dict[str, Reached]] = WeakKeyDictionary()


def _reached(theme: Theme, environment: NotingEnvironment, name: str) -> Reached:
    known = _CLOSURES.setdefault(environment, {})
    if name not in known:
        found: dict[str, str] = {}
        asked: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            source = theme.source(one)
            if one in found or source is None:
                continue
            found[one] = digest(source)
            others, variables_asked = parts(environment, source)
            asked.update(variables_asked)
            for other in others:
                # Where a template names another at run time only, it may be any.
                waiting += [*theme.templates, *theme.inherited] if other is None else [other]
        known[name] = (tuple(sorted(found.items())), frozenset(asked))
    return known[name]


def _language(views: Mapping[str, object]) -> str:
    return str(getattr(views.get("page"), "language", ""))


def templates(theme: Theme, functions: Mapping[str, Callable[..., object]], reads: Reads | None = None) -> Templates:
    """The theme's templates with functions that they may call, such as `static` and `t`.

    What they read of views is noted in `reads`.
    """
    noted = reads or Reads()
    environment = NotingEnvironment(
        loader=FunctionLoader(lambda name: _source(theme, name)),
        undefined=NamedUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    environment.reads = noted
    environment.globals.update(functions)
    return Templates(theme, environment, noted)


def _source(theme: Theme, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    # The second text is the file name that a traceback shows; without it no mistake would know its template.
    source = theme.source(name)
    return None if source is None else (source, name, lambda: True)


def words(theme: Theme, language: str) -> Callable[..., str]:
    """`t(key)`: the theme's word in a language, else in English. Raises Mistakes for an unknown key.

    `t(key, 3)` takes the word of the language's plural form for 3, "key.other" or "key.few", with the number as
    {count} in it.
    """
    own, english = theme.strings.get(language, {}), theme.strings.get("en", {})

    def find(key: str) -> str | None:
        return own.get(key, english.get(key))

    def t(key: str, count: int | None = None) -> str:
        if count is None:
            word = find(key)
        else:
            word = find(f"{key}.{plural_form(count, language)}") or find(f"{key}.other")
            word = word and word.replace("{count}", whole_number(count, language))
        if word is None:
            file = f"themes/{theme.name}/locale/en.yaml"
            raise Mistakes([Problem(file, 0, 0, "missing-word", f"the theme has no word for '{key}'", "add the key")])
        return word

    return t


def _place(error: Exception, theme: Theme) -> tuple[str, int] | None:
    # Jinja rewrites tracebacks so that frames carry the template's name and line.
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if theme.source(frame.filename) is not None:
            return frame.filename, frame.lineno or 0
    return None
