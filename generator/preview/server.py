"""Runs the preview: first plan, sockets, server, controller; ends at once on a signal."""

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

from generator.build.plan import Plan
from generator.build.run import Report
from generator.content.config import read_config
from generator.disk.cache import CACHE_NAME
from generator.ground.errors import SiteError
from generator.ground.project import Options, Project
from generator.preview.addresses import HostPorts, address, open_host_ports
from generator.preview.app import Preview
from generator.preview.controller import Controller
from generator.preview.debounce import Debounce, git_at_work
from generator.preview.event_stream import EventStream
from generator.preview.mounted_app import MountedApp
from generator.preview.page_renderer import PageRenderer
from generator.preview.reports import Reporter
from generator.preview.search_index import SearchIndex
from generator.preview.session import Clock, Session
from generator.preview.watch import Watcher
from generator.processes.workers import Workers
from generator.site.permalinks import Root, make_root

MakeMounted = Callable[[tuple[str, ...], Callable[[], bytes]], ASGIApp]
MOUNTED_PATHS = ("/api/v1", "/desk")


class PreviewSettings(NamedTuple):
    """How a preview is served.

    *editor* opens findings (see :class:`Reporter`). *make_mounted* makes the application that is mounted beside the
    site, from the preview's origins and a way to read its manifest; *invite* makes the path of a one-time link into its
    desk. *opened* is called once the preview listens.
    """

    host: str
    port: int
    editor: str
    make_mounted: MakeMounted
    invite: Callable[[], str]
    opened: Callable[[Opened], None]


class Opened(NamedTuple):
    """A listening preview: its addresses by condition ("" is the portfolio), its ports and its first plan."""

    addresses: Mapping[str, str]
    host_ports: HostPorts
    plan: Plan | None


class Server(uvicorn.Server):
    """Closes the event streams first: a graceful stop would wait for them."""

    def __init__(
        self, config: uvicorn.Config, event_stream: EventStream, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(config)
        self._event_stream = event_stream
        self._loop = loop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A signal handler runs between any two steps of the loop, to which the streams belong.
        self._loop.call_soon_threadsafe(self._event_stream.close)
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        self._event_stream.close()
        self.should_exit = True


def serve(
    project: Project, options: Options, clock: Clock, settings: PreviewSettings, report: Report
) -> None:
    """Serve *project* until interrupted; raises SiteError only where it cannot begin at all (no port, no content/)."""
    if not (project.root / "content").is_dir():
        raise SiteError(
            "there is no folder content/ here",
            hint="run this in a Gatherwell project, name one with --root, or begin one with `gatherwell init`",
        )
    session = Session(project, options, clock, report)
    # Automatic garbage collection would look at every article again and again; the controller collects when idle.
    gc.disable()
    # All worker processes end before the first thread starts: forking is only safe until then.
    with Workers(options.jobs) as workers:
        session.open(workers)
    gc.freeze()
    # A connection belongs to the thread that opened it; the session's thread opens its own.
    session.close()
    host_ports = open_host_ports(settings.host, settings.port, own_hosts(session.plan))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(project, session, host_ports, settings, report))


async def _serve(
    project: Project, session: Session, host_ports: HostPorts, settings: PreviewSettings, report: Report
) -> None:
    loop = asyncio.get_running_loop()
    event_stream = EventStream(most=most_listeners())
    controller = _controller(project, session, event_stream, report)
    addresses = addresses_of(project, session.plan, host_ports)
    mounted = _mounted(session, settings, tuple(origins_of(addresses.values(), host_ports)), report)
    reporter = Reporter(project.root, settings.editor)
    app = Preview(controller, event_stream, host_ports, reporter, secrets.token_hex(8), mounted)
    server = Server(_config(app), event_stream, loop)

    def note(path: str, finished: bool) -> None:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(controller.note, path, finished)

    watcher = Watcher(project, note)
    watcher.start()
    working = asyncio.create_task(controller.run_until_cancelled(watcher))
    settings.opened(Opened(addresses, host_ports, session.plan))
    try:
        serving = asyncio.create_task(server.serve(sockets=list(host_ports.sockets)))
        await asyncio.wait({serving, working}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():  # it ends only by an exception
            server.stop()
        await serving
        if working.done():
            working.result()
    finally:
        watcher.stop()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


def _controller(project: Project, session: Session, event_stream: EventStream, report: Report) -> Controller:
    cache = project.state / CACHE_NAME
    page_renderer = PageRenderer(cache, project.bytecode)
    search = SearchIndex(project.state / "preview-search", cache)
    debounce = Debounce(git_at_work(project.root))
    return Controller(session, page_renderer, event_stream, debounce, search, report)


def _mounted(
    session: Session, settings: PreviewSettings, origins: tuple[str, ...], report: Report
) -> MountedApp:
    def make() -> ASGIApp:
        return settings.make_mounted(origins, lambda: manifest_of(session.plan))

    return MountedApp(MOUNTED_PATHS, make, settings.invite, report)


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


def own_hosts(plan: Plan | None) -> tuple[str, ...]:
    """Conditions with a host of their own, in their order."""
    return tuple(plan.site.permalinks.own) if plan is not None else ()


def addresses_of(project: Project, plan: Plan | None, host_ports: HostPorts) -> dict[str, str]:
    """Where each root is reached, the portfolio's even where the content has errors."""
    roots: tuple[Root, ...]
    if plan is not None:
        roots = plan.site.permalinks.roots
    else:
        try:
            roots = (make_root(read_config(project.root)[0].base_url, ""),)
        except SiteError:
            roots = (make_root("http://localhost/", ""),)
    ports = {condition: port for port, condition in host_ports.roots.items()}
    return {root.condition: address(host_ports.host, ports[root.condition], root) for root in roots}


def origins_of(addresses: Iterable[str], host_ports: HostPorts) -> Iterable[str]:
    """Every origin by which a browser may reach these ports."""
    names = {
        "localhost",
        "127.0.0.1",
        "[::1]",
        *(address.split("/")[2].rpartition(":")[0] for address in addresses),
    }
    return sorted(f"http://{name}:{port}" for name in names for port in host_ports.roots)


def manifest_of(plan: Plan | None) -> bytes:
    """The manifest of the newest plan; raises FileNotFoundError while there is none."""
    if plan is None:
        raise FileNotFoundError("there is no manifest while the content has errors")
    root = plan.site.permalinks.portfolio
    view = plan.planned[root.output_path("/manifest.json")].make()
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
