"""Where the preview can be reached: ports, one for each host of the site; names that a browser may call it by."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.ground.errors import SiteError
from generator.site.permalinks import Root

_TRIES = 100
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not bound to


class HostPorts(NamedTuple):
    """The listening sockets, and the root of the site that each port serves, by its condition ("" is the portfolio)."""

    host: str
    sockets: tuple[socket.socket, ...]
    roots: Mapping[int, str]

    def port_of(self, condition: str) -> int | None:
        return next((port for port, owner in self.roots.items() if owner == condition), None)


def open_host_ports(host: str, port: int, conditions: Iterable[str]) -> HostPorts:
    """Listen on *port*, or the next that is free, and for each condition with a host of its own on one more.

    Raises SiteError where the host is none of this machine's or no port is free.
    """
    sockets: list[socket.socket] = []
    roots: dict[int, str] = {}
    wanted = port
    for condition in ("", *conditions):
        listener = _listen(host, wanted)
        sockets.append(listener)
        found = listener.getsockname()[1]
        roots[found] = condition
        wanted = found + 1 if port else 0
    return HostPorts(host, tuple(sockets), roots)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last: OSError | None = None
    for candidate in range(port, min(port + _TRIES, 65536)) if port else (0,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            # On Windows this option would let two servers share one port.
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, candidate))
            listener.listen(256)
            listener.setblocking(False)
            return listener
        except OSError as error:
            listener.close()
            last = error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
    reason = last.strerror if last and last.strerror else "no port is free"
    raise SiteError(f"cannot listen on {host} port {port} ({reason})", hint="choose another --host or --port")


def is_loopback(host: str) -> bool:
    return host in _LOOPBACK or host.startswith("127.")


def shown_host(host: str) -> str:
    """The name by which people reach a server on *host*; passkeys and documents say `localhost`, no number."""
    if host == "127.0.0.1":
        return "localhost"
    if host in EVERYWHERE:
        return lan_address() or "localhost"
    return f"[{host}]" if ":" in host else host


def address(host: str, port: int, root: Root) -> str:
    """The URL of a root's home."""
    return f"http://{shown_host(host)}:{port}{root.base_path}"


def lan_address() -> str:
    """This machine's own address towards other networks, "" where it has none; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # 192.0.2.0/24 is kept for documentation (RFC 5737); connecting a datagram socket sends nothing.
            probe.connect(("192.0.2.1", 9))
            name: str = probe.getsockname()[0]
        except OSError:
            return ""
    return name


def host_allowed(header: str, bound: str, arrived_at: str) -> bool:
    """Whether a Host header is one of ours: no other site's name may lead a browser here (DNS rebinding).

    *arrived_at* is the machine's own address of the connection, which a rebound name never spells.
    """
    name = _name_of(header)
    if name in _LOOPBACK or name == bound.lower().strip("[]"):
        return True
    if bound not in EVERYWHERE:
        return False
    own = socket.gethostname().lower()
    return _same_address(name, arrived_at) or name in (own, f"{own}.local")


def _name_of(header: str) -> str:
    text = header.strip().lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.rpartition(":")[0] if ":" in text else text


def _same_address(one: str, other: str) -> bool:
    try:
        first, second = ipaddress.ip_address(one), ipaddress.ip_address(other)
    except ValueError:
        return False
    mapped = getattr(second, "ipv4_mapped", None)
    return first in (second, mapped)
