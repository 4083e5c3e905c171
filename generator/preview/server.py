"""Runs the preview: first proof, sockets, server, keeper; leaves at once when told to."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gc
import secrets
from collections.abc import Callable, Iterable, Mapping
from types import FrameType
from typing import NamedTuple

import uvicorn
from starlette.types import ASGIApp

from generator.cache import CACHE_NAME
from generator.config import read_config
from generator.errors import SiteError
from generator.permalinks import Root, make_root
from generator.preview.addresses import Doors, address, open_doors
from generator.preview.app import Preview
from generator.preview.beside import Beside
from generator.preview.gathering import Gathering, git_at_work
from generator.preview.keeper import Keeper
from generator.preview.printer import Printer
from generator.preview.proof import Proof
from generator.preview.reports import Reporter
from generator.preview.search_index import SearchIndex
from generator.preview.telling import Telling
from generator.preview.watch import Watcher
from generator.preview.workshop import Clock, Workshop
from generator.project import Options, Project
from generator.workers import Workers


class Wishes(NamedTuple):
    """What a preview is asked for beside the site's own options; *editor* as in :class:`Reporter`."""

    host: str
    port: int
    editor: str


class Opened(NamedTuple):
    """What whoever started the preview is told once it listens: addresses by condition ("" the portfolio)."""

    addresses: Mapping[str, str]
    doors: Doors
    proof: Proof | None


# From origins (as browsers send them) and a way to the manifest to the application that answers beside the site.
MakeBeside = Callable[[tuple[str, ...], Callable[[], bytes]], ASGIApp]
BESIDE = ("/api/v1", "/desk")


class Server(uvicorn.Server):
    """Ends the event streams first: a graceful stop would wait for them."""

    def __init__(self, config: uvicorn.Config, telling: Telling, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(config)
        self._telling = telling
        self._loop = loop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A signal comes between any two steps of the loop; the streams are the loop's.
        self._loop.call_soon_threadsafe(self._telling.close)
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        self._telling.close()
        self.should_exit = True


def serve(
    project: Project,
    options: Options,
    clock: Clock,
    wishes: Wishes,
    make_beside: MakeBeside,
    invite: Callable[[], str],
    opened: Callable[[Opened], None],
    report: Callable[[str], None],
) -> None:
    """Serve *project* until interrupted; raises SiteError only where it cannot begin at all (no port, no content/)."""
    if not (project.root / "content").is_dir():
        raise SiteError(
            "there is no folder content/ here",
            hint="run this in a Gatherwell project, name one with --root, or begin one with `gatherwell init`",
        )
    workshop = Workshop(project, options, clock, report)
    # Collecting garbage looks at every article again and again; the keeper does it when nobody waits.
    gc.disable()
    # All worker processes are done before the first thread starts: forking is only safe until then.
    with Workers(options.jobs) as workers:
        workshop.open(workers)
    gc.freeze()
    # The connection belongs to the thread that opened it, and from here on to the workshop's lane.
    workshop.close()
    doors = open_doors(wishes.host, wishes.port, own_hosts(workshop.proof))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(project, workshop, doors, wishes, make_beside, invite, opened, report))


async def _serve(
    project: Project,
    workshop: Workshop,
    doors: Doors,
    wishes: Wishes,
    make_beside: MakeBeside,
    invite: Callable[[], str],
    opened: Callable[[Opened], None],
    report: Callable[[str], None],
) -> None:
    loop = asyncio.get_running_loop()
    telling = Telling(most=most_listeners())
    printer = Printer(project.state / CACHE_NAME, project.bytecode)
    search = SearchIndex(project.state / "preview-search", project.state / CACHE_NAME)
    keeper = Keeper(workshop, printer, telling, Gathering(git_at_work(project.root)), search, report)
    addresses = addresses_of(project, workshop.proof, doors)
    origins = tuple(origins_of(addresses.values(), doors))
    beside = Beside(BESIDE, lambda: make_beside(origins, lambda: manifest_of(workshop.proof)), invite, report)
    app = Preview(keeper, telling, doors, Reporter(project.root, wishes.editor), secrets.token_hex(8), beside)
    server = Server(_config(app), telling, loop)

    def note(path: str, finished: bool) -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(keeper.note, path, finished)

    watcher = Watcher(project, note)
    watcher.start()
    keeping = asyncio.create_task(keeper.keep(watcher))
    opened(Opened(addresses, doors, workshop.proof))
    try:
        serving = asyncio.create_task(server.serve(sockets=list(doors.sockets)))
        await asyncio.wait({serving, keeping}, return_when=asyncio.FIRST_COMPLETED)
        if keeping.done():  # only a fault of ours ends it
            server.stop()
        await serving
        if keeping.done():
            keeping.result()
    finally:
        watcher.stop()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping


def _config(app: Preview) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        # h11 bounds what it keeps of a request's head; the quicker parser does not.
        http="h11",
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )


def own_hosts(proof: Proof | None) -> tuple[str, ...]:
    """Conditions with a host of their own, in their order."""
    return tuple(proof.site.permalinks.own) if proof is not None else ()


def addresses_of(project: Project, proof: Proof | None, doors: Doors) -> dict[str, str]:
    """Where each root is reached, the portfolio's even where the content has errors."""
    roots: tuple[Root, ...]
    if proof is not None:
        roots = proof.site.permalinks.roots
    else:
        try:
            roots = (make_root(read_config(project.root)[0].base_url, ""),)
        except SiteError:
            roots = (make_root("http://localhost/", ""),)
    ports = {condition: port for port, condition in doors.roots.items()}
    return {root.condition: address(doors.host, ports[root.condition], root) for root in roots}


def origins_of(addresses: Iterable[str], doors: Doors) -> Iterable[str]:
    """Every origin by which a browser may call these doors."""
    names = {
        "localhost",
        "127.0.0.1",
        "[::1]",
        *(address.split("/")[2].rpartition(":")[0] for address in addresses),
    }
    return sorted(f"http://{name}:{port}" for name in names for port in doors.roots)


def manifest_of(proof: Proof | None) -> bytes:
    """The manifest as it stands in the newest proof; raises FileNotFoundError while there is none."""
    if proof is None:
        raise FileNotFoundError("there is no manifest while the content has errors")
    root = proof.site.permalinks.portfolio
    view = proof.planned[root.output_path("/manifest.json")].make()
    content: bytes = view.content  # type: ignore[union-attr]
    return content


def most_listeners() -> int:
    """Half of the files that this process may open, after asking for as many as the system allows."""
    try:
        import resource
    except ImportError:
        return 256
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 8192) if hard != resource.RLIM_INFINITY else 8192
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return max(32, min(soft // 2, 2000))


def fixed_clock(moment: dt.datetime) -> Clock:
    """A clock that stands still at ``--now``."""
    return lambda: moment


def system_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
