"""Keeps the newest good proof and what is wrong with the sources now; knows the cheapest way from edit to proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from generator.cache import Cache, CacheDamaged, delete_cache
from generator.errors import Problem, SiteError, SiteErrors
from generator.inputs import read_inputs
from generator.preview.amend import Amendment, amended, amendment_of, edited_of
from generator.preview.proof import Edited, Proof, checked, documents_of, make_proof
from generator.preview.stamps import differing, stamps_beside, stamps_of
from generator.project import Options, Project
from generator.schedule import iso
from generator.site import Article
from generator.stamps import Stamp, stamp_of
from generator.state import version_key
from generator.tree import CONTENT_DIR, read_tree
from generator.workers import Workers

Clock = Callable[[], dt.datetime]
# Proofs of other moments (`?now=`) that are kept at a time.
_OTHERS = 2
# Pages that are gone and still explained.
_GONE = 500


class News(NamedTuple):
    """What a look at the sources brought.

    *version* counts proofs. *pages* are the output paths that alone may have changed, None where any may have.
    *errors* are all current ones; *told* is False where there is nothing to tell a browser.
    """

    version: int
    pages: tuple[str, ...] | None
    sources: tuple[str, ...]
    errors: tuple[Problem, ...]
    told: bool


class Workshop:
    """Owns the cache's connection: opened, called and closed in one thread.

    *clock* gives the moment for which the site is made; *fixed* options carry a moment of their own if *clock*
    always returns it. *report* is told what takes long.
    """

    def __init__(
        self, project: Project, options: Options, clock: Clock, report: Callable[[str], None]
    ) -> None:
        self._project = project
        self._options = options
        self._clock = clock
        self._report = report
        self._cache: Cache | None = None
        self._looked: dict[str, Stamp] = {}
        self._others: list[Proof] = []
        self.proof: Proof | None = None
        self.errors: tuple[Problem, ...] = ()
        self._errors_in_texts = False
        self.gone: dict[str, tuple[str, str]] = {}
        self.version = 0
        self.proofs_made = 0

    def now(self) -> dt.datetime:
        """The moment for which the site is shown."""
        return self._clock()

    @property
    def doubtful(self) -> bool:
        """Whether only a look at everything can tell if the current errors still stand."""
        return bool(self.errors) and not self._errors_in_texts

    def open(self, workers: Workers) -> News:
        """The first proof, not yet checked; on a cold cache all bodies are rendered here, by *workers*."""
        return self._guarded(lambda: self._renew((), workers, check=False))

    def check(self) -> News:
        """Check the first proof, once pages can be seen; its errors are shown over them."""
        return self._guarded(self._check)

    def _check(self) -> News:
        if self.proof is not None and not self.proof.checked:
            self.proof = checked(self.proof)
        return News(self.version, (), (), self.errors, told=False)

    def refresh(self, changed: Collection[str] | None) -> News:
        """Look at the sources again: at *changed* ones (paths relative to the root), or at all of them.

        Never raises for anything that a writer, a theme or a damaged cache can bring about.
        """
        return self._guarded(lambda: self._refresh(changed))

    def refresh_page(self, source_path: str) -> News | None:
        """A look at one page's own source, cheap enough for each request; None where it is as it was."""
        if self.proof is None or source_path not in self._looked:
            return None
        same = self._stamp(source_path) == self._looked[source_path]
        return None if same else self.refresh((source_path,))

    def patrol(self) -> tuple[str, ...]:
        """The sources that differ from the last look, for times when the system's watches fail."""
        try:
            now = stamps_of(read_tree(self._project.root)) | stamps_beside(self._project)
        except SiteError:
            return ("content",) if self._looked else ()
        return differing(self._looked, now)

    def at(self, now: dt.datetime) -> Proof | None:
        """The site as of another moment; None while there is none at all. Raises SiteError where it cannot be made."""
        if self.proof is None or self.proof.epoch.holds(iso(now)):
            return self.proof
        for other in self._others:
            if other.epoch.holds(iso(now)):
                return other
        options = self._options._replace(now=now)
        last = self.proof
        # The files may have been edited since their stamps were taken; the documents are those of now.
        same = Edited(documents_of(last), frozenset())
        with Workers(1) as workers:
            made = make_proof(self._project, options, last.inputs, last, self._opened(), workers, edited=same)
        self._others = [made, *self._others][:_OTHERS]
        return made

    def tidy(self) -> None:
        """Forget bodies of earlier edits, once there are many."""
        if self.proof is not None and self._cache is not None:
            live = {digest.key for proof in (self.proof, *self._others) for digest in proof.bodies.values()}
            try:
                for table in ("bodies", "facts"):
                    self._cache.prune(table, live)
            except (CacheDamaged, OSError) as error:
                self._report(f"the cache could not be tidied ({error})")

    def start_over(self, reason: object) -> None:
        """Let go of the cache and everything made from it."""
        self._report(f"the cache is damaged ({reason}); starting over without it")
        self.close()
        delete_cache(self._project.state)
        self.proof, self._others = None, []

    def close(self) -> None:
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def _opened(self) -> Cache:
        if self._cache is None:
            self._cache = Cache(self._project.state, version_key())
        return self._cache

    def _guarded(self, work: Callable[[], News]) -> News:
        try:
            return work()
        except CacheDamaged as damage:
            self.start_over(damage)
        except SiteErrors as errors:
            return self._failed(tuple(p for p in errors.problems if p.severity == "error"))
        except SiteError as error:
            return self._failed((error.problem,))
        except OSError as error:
            return self._failed(
                (Problem(f"{error.filename or 'a file'} cannot be read or written ({error.strerror})"),)
            )
        try:
            with Workers(1) as workers:
                return self._renew((), workers)
        except SiteErrors as errors:
            return self._failed(tuple(p for p in errors.problems if p.severity == "error"))
        except SiteError as error:
            return self._failed((error.problem,))

    def _refresh(self, changed: Collection[str] | None) -> News:
        if changed is not None:
            changed = {path for path in changed if self._differs(path)}
            if not changed:
                return News(self.version, (), (), self.errors, told=False)
        edited = None
        if changed and self.proof is not None:
            stamps = {path: stamp for path in changed if (stamp := self._stamp(path)) is not None}
            if self.proof.epoch.holds(iso(self._clock())):
                amendment = amendment_of(self._project, self.proof, changed)
                if amendment is not None:
                    self._looked.update(stamps)
                    return self._amend(self.proof, amendment)
            # While anything is wrong elsewhere, only a look at everything can tell what still is.
            edited = edited_of(self._project, self.proof, changed) if not self.errors else None
            if edited is not None:
                self._looked.update(stamps)
        with Workers(1) as workers:
            return self._renew(tuple(sorted(changed or ())), workers, edited=edited)

    def _differs(self, path: str) -> bool:
        """Whether a path under ``content/`` is not as it was at the last look; others cannot be told apart."""
        if not path.startswith(f"{CONTENT_DIR}/"):
            return True
        stamp, known = self._stamp(path), self._looked.get(path)
        if stamp is None and known is None:
            # It came and went (an editor's probe), unless it was a folder with something in it.
            return any(other.startswith(f"{path}/") for other in self._looked)
        return stamp != known

    def _stamp(self, path: str) -> Stamp | None:
        try:
            return stamp_of((self._project.root / path).stat())
        except OSError:
            return None

    def _amend(self, proof: Proof, amendment: Amendment) -> News:
        sources = tuple(amendment.documents)
        others = [error for error in self.errors if error.source_path not in amendment.documents]
        found = [problem for problem in amendment.problems if problem.severity == "error"]
        if found:
            return self._failed((*found, *others), sources, in_texts=self._errors_in_texts or not others)
        cache = self._opened()
        self._others = [amended(other, amendment, cache) for other in self._others]
        self.proof = amended(proof, amendment, cache)
        if self._errors_in_texts:
            self.errors = tuple(others)
        self.version += 1
        edited = set(sources)
        pages = (plan.output_path for plan in proof.planned.values() if not edited.isdisjoint(plan.bodies))
        return News(self.version, tuple(pages), sources, self.errors, told=True)

    def _renew(
        self, sources: tuple[str, ...], workers: Workers, check: bool = True, edited: Edited | None = None
    ) -> News:
        before = self.proof
        if edited is not None and before is not None:
            inputs = before.inputs
        else:
            beside = stamps_beside(self._project)
            inputs = read_inputs(self._project)
            self._looked = stamps_of(inputs.tree) | beside
        options = self._options._replace(now=self._clock())
        if before is None:
            self._report("reading the content")
        self.proofs_made += 1
        self.proof = make_proof(
            self._project, options, inputs, before, self._opened(), workers, check, edited
        )
        if before is not None:
            self.gone = gone_pages(before, self.proof, self.gone)
        self._others = []
        self.errors = ()
        self._errors_in_texts = False
        self.version += 1
        return News(self.version, None, sources, (), told=True)

    def _failed(
        self, errors: tuple[Problem, ...], sources: tuple[str, ...] = (), in_texts: bool = False
    ) -> News:
        told = errors != self.errors
        self.errors = errors
        # Errors that an amendment found are mended by an amendment; of others only a new proof can tell.
        self._errors_in_texts = in_texts
        return News(self.version, (), sources, errors, told)


def gone_pages(
    before: Proof, after: Proof, known: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Pages that were there once: by output path the source, and where an article with its title or text is now."""
    gone = {path: told for path, told in known.items() if path not in after.planned}
    for path in before.planned.keys() - after.planned.keys():
        plan = before.planned[path]
        if plan.bodies and len(gone) < _GONE:
            gone[path] = plan.bodies[0], _moved_to(before.site.articles.get(plan.bodies[0]), after)
    return gone


def _moved_to(old: Article | None, after: Proof) -> str:
    if old is None:
        return ""
    for article in after.site.articles.values():
        same_text = article.document.parsed.body_digest == old.document.parsed.body_digest
        if article.language == old.language and (same_text or article.matter.title == old.matter.title):
            return article.root.href(article.url_path)
    return ""
