"""Generates the code of compiled templates: Jinja's, without the indirections that a theme's templates do not need.

Templates see no asynchronous values, no context functions and no globals but ``t``, ``forms`` and ``part``
(``environment.py``).
So calls are compiled to plain calls, imported templates are cached, and a macro's HTML is cached by its arguments.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    # What `escape` calls. It returns a plain string, which saves making a Markup that is joined at once.
    from markupsafe._speedups import _escape_inner as escaped_text
except ImportError:  # a platform without compiled extensions, or another version of the library

    def escaped_text(text: str, /) -> str:
        return str(escape(text))


# Results cached by macro. Their arguments recur on many pages: a day, a person, a list of topics. A macro that has made
# so many results, and found less than an eighth as many, has arguments of its own on each page: it caches none.
_MACRO_CACHE = 1024
_TRIED, _WORTH = 256, 8


def shown(value: object) -> str:
    """*value* escaped for HTML like ``escape`` does, but perhaps as a plain string."""
    kind = type(value)
    if kind is str:
        return escaped_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return escape(value)


class LeanMacro(Macro):
    """A macro that caches its results by its arguments, which are all that it sees, while they recur."""

    def __init__(
        self, environment: jinja2.Environment, function: Callable[..., str], name: str, arguments: list[str]
    ) -> None:
        super().__init__(environment, function, name, arguments, False, False, False, True)
        self._found: Any = functools.lru_cache(maxsize=_MACRO_CACHE, typed=True)(self._make)
        self._made = 0

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        try:
            found: str = self._found(*args, **kwargs)
        except (TypeError, jinja2.UndefinedError):
            # Either an argument that cannot be hashed, or an error in the macro itself, which the call raises again.
            found = super().__call__(*args, **kwargs)
        return found

    def _make(self, *args: Any, **kwargs: Any) -> str:
        self._made += 1
        if self._made == _TRIED and self._found.cache_info().hits < _TRIED / _WORTH:
            self._found = super().__call__
        return super().__call__(*args, **kwargs)


class LeanCode(CodeGenerator):
    """Emits plain calls, cached imports and includes, and escaping that does not wrap each text in Markup."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        # The pieces of a block are joined at its end. Yielded one by one, each would pass through all outer layouts.
        if x.startswith("yield from "):
            x = f'yield "".join({x.removeprefix("yield from ")})'
        super().writeline(x, node, extra)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the library's names
        self.writeline(f"from {__name__} import LeanMacro, included, module_of, shown")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        names = [keyword.key for keyword in node.kwargs]
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, names)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        node = macro_ref.node
        special = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller
        plain = not special and not frame.eval_ctx.volatile and frame.eval_ctx.autoescape
        if not isinstance(node, nodes.Macro) or not plain:
            super().macro_def(macro_ref, frame)
            return
        arguments = ", ".join(repr(argument.name) for argument in node.args)
        self.write(f"LeanMacro(environment, macro, {node.name!r}, [{arguments}])")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if isinstance(node.template, nodes.Const) and not node.with_context:
            self.write(f"module_of(environment, {node.template.value!r})")
        else:
            super()._import_common(node, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or node.ignore_missing:
            super().visit_Include(node, frame)
            return
        parts = f"included(environment, {name!r}, context, {self.dump_local_context(frame)})"
        if frame.buffer is None:
            self.writeline(f"yield from {parts}", node)
        else:
            self.writeline(f"{frame.buffer}.extend({parts})", node)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")


def find_template(environment: jinja2.Environment, name: str) -> jinja2.Template:
    """``environment.get_template``, cached without checks for changes: a theme's templates do not change."""
    kept: dict[str, jinja2.Template] = environment.kept_templates  # type: ignore[attr-defined]
    found = kept.get(name)
    if found is None:
        found = kept[name] = environment.get_template(name)
    return found


def render_template(environment: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
    """The template *name* rendered with *values* and the environment's globals."""
    template = find_template(environment, name)
    return "".join(template.root_render_func(_context(template, {**environment.globals, **values})))


def _context(template: jinja2.Template, variables: dict[str, Any]) -> Context:
    """``template.new_context`` with *variables*, without the parts that only imports with context need."""
    return Context(template.environment, variables, template.name, template.blocks)


def included(
    environment: jinja2.Environment, name: str, context: Context, local: Mapping[str, Any]
) -> Iterator[str]:
    """The pieces of an included template, which sees the variables of the including one."""
    template = find_template(environment, name)
    variables = dict(context.get_all())
    variables.update((key, value) for key, value in local.items() if value is not missing)
    return template.root_render_func(_context(template, variables))


def module_of(environment: jinja2.Environment, name: str) -> Any:
    """The macros of an imported template."""
    kept: dict[str, Any] = environment.kept_modules  # type: ignore[attr-defined]
    found = kept.get(name)
    if found is None:
        found = kept[name] = find_template(environment, name).make_module()
    return found
