"""Rewrites a parsed template: strings are inserted, a template that names itself means its parent's, privates are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from generator.theme.types import PARENT


class Rewriting(NamedTuple):
    """What rewriting needs to know of a template: the strings without placeholders, the parents' templates that are
    kept under a name that begins with :data:`PARENT`, and the template's own name and file.
    """

    words: Mapping[str, str]
    replaced: frozenset[str]
    name: str | None
    filename: str | None


def rewritten(parsed: nodes.Template, rewriting: Rewriting) -> nodes.Template:
    """*parsed*, changed in place.

    Raises:
        TemplateSyntaxError: a private attribute, through which a template could reach more than its view; or a
            template that extends itself and has no parent.
    """
    tree: nodes.Template = _Rewriter(rewriting).visit(parsed)
    return tree


class _Rewriter(NodeTransformer):
    """``t('key')`` becomes the string itself where it has no placeholders, so that it is compiled as plain HTML."""

    def __init__(self, rewriting: Rewriting) -> None:
        self._words = rewriting.words
        self._replaced = rewriting.replaced
        self._place = rewriting.name, rewriting.filename

    def visit_Getattr(self, node: nodes.Getattr, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        if node.attr.startswith("_"):
            raise jinja2.TemplateSyntaxError(
                f"a template cannot use '{node.attr}'", node.lineno, *self._place
            )
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 - the library's name
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name != "t" or len(node.args) != 1:
            return node
        key = node.args[0]
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not isinstance(key, nodes.Const):
            return node
        text = self._words.get(key.value)
        return node if text is None else nodes.TemplateData(text, lineno=node.lineno)

    def visit_Extends(self, node: nodes.Extends, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        self._name_parent(node)
        if isinstance(node.template, nodes.Const) and node.template.value == self._place[0]:
            raise jinja2.TemplateSyntaxError(
                f"'{node.template.value}' extends itself: no parent of this theme has a template of that name",
                node.lineno,
                *self._place,
            )
        return self.generic_visit(node)

    def visit_Include(self, node: nodes.Include, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        self._name_parent(node)
        return self.generic_visit(node)

    def visit_FromImport(self, node: nodes.FromImport, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        self._name_parent(node)
        return self.generic_visit(node)

    def visit_Import(self, node: nodes.Import, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        self._name_parent(node)
        return self.generic_visit(node)

    def _name_parent(self, node: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport) -> None:
        """Where a template names itself, its parent's of the same name is meant, if there is one."""
        own, wanted = self._place[0] or "", node.template
        parent = PARENT + own
        if (
            isinstance(wanted, nodes.Const)
            and wanted.value == own.lstrip(PARENT)
            and parent in self._replaced
        ):
            node.template = nodes.Const(parent, lineno=node.lineno)
