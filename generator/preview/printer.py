"""Renders the outputs of a proof when they are asked for, and remembers the last good bytes of each."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.cache import BodyStore
from generator.errors import Problem, SiteError
from generator.preview.bar import page_report
from generator.preview.proof import Proof
from generator.preview.reports import Reporter
from generator.render import Bench, Tools, view_key
from generator.text import digest

_REMEMBERED = 400


class Printed(NamedTuple):
    """An output's bytes; *problem* says why they are those of an earlier view, or not there at all."""

    content: bytes
    digest: str
    problem: Problem | None = None


class Printer:
    """One renderer for one thread: the bench reads bodies over a connection of its own.

    *count* is the number of pages rendered so far.
    """

    def __init__(self, body_file: Path, bytecode: Path) -> None:
        self._body_file = body_file
        self._bytecode = bytecode
        self._bodies: BodyStore | None = None
        self._bench: tuple[str, Bench] | None = None
        self._printed: OrderedDict[str, tuple[str, Printed]] = OrderedDict()
        self._encode = msgspec.msgpack.Encoder().encode
        self.count = 0

    def output(self, proof: Proof, output_path: str) -> Printed | None:
        """The bytes at *output_path*, or None where the site has nothing there.

        Raises CacheDamaged where a body is gone from the cache; a theme's fault comes back as a problem.
        """
        if output_path in proof.planned:
            return self._page(proof, output_path)
        asset = proof.assets.get(output_path)
        if asset is None:
            return None
        try:
            content = asset.read()
        except OSError as error:
            problem = Problem(f"cannot be read ({error.strerror})", source_path=asset.origin)
            return Printed(b"", "", problem)
        found = digest(content)
        # A file that was exchanged since (for a link that leads away, it may be) is looked at by a new proof first.
        if asset.source and asset.card is None and found != asset.digest:
            return None
        return Printed(content, found)

    def _page(self, proof: Proof, output_path: str) -> Printed:
        plan = proof.planned[output_path]
        theme = proof.material.theme
        known = self._printed.get(output_path)
        try:
            view = plan.make()
            key = view_key(self._encode(view), theme.digest)
            if known is not None and known[0] == key:
                self._printed.move_to_end(output_path)
                return known[1]
            if self._bench is None or self._bench[0] != theme.digest:
                tools = Tools(self._encode(theme), str(self._bytecode))
                self._bench = theme.digest, Bench(tools, self._opened())
            content = self._bench[1].render_view(view, plan.chrome)
        except SiteError as error:
            return Printed(*(known[1][:2] if known else (b"", "")), error.problem)
        self.count += 1
        printed = Printed(content, digest(content))
        self._printed[output_path] = key, printed
        self._printed.move_to_end(output_path)
        while len(self._printed) > _REMEMBERED:
            self._printed.popitem(last=False)
        return printed

    def forget(self) -> None:
        """Drop what is remembered: the cache file is another one now."""
        self._printed.clear()
        self._bench = None
        if self._bodies is not None:
            self._bodies.__exit__(None, None, None)
            self._bodies = None

    def report(self, proof: Proof, output_path: str, reporter: Reporter, with_links: bool) -> dict[str, Any]:
        """What the writer's bar says of a page that there is."""
        return page_report(proof, proof.planned[output_path], self._opened(), reporter, with_links)

    def _opened(self) -> BodyStore:
        if self._bodies is None:
            self._bodies = BodyStore(self._body_file)
        return self._bodies
