"""Owns the load: wrk's scripts, how wrk is called, what it said."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.function.servers import ORIGIN, THREADS

TEXT = "A falling barometer, *every* time. A diary helped me; [here](https://example.org/diary/) is how."

_STEP = """
local counter = 0
thread_id = 0  -- set from outside, so no local
local threads = 0
function setup(thread) thread:set("thread_id", threads); threads = threads + 1 end
function init(args) math.randomseed({seed} + thread_id) end
function words(n) return (tostring(n):gsub("%d", function(digit) return string.char(97 + digit) end)) end
function next_number() counter = counter + 1; return {seed} * 100000000 + thread_id * 10000000 + counter end
{delay}
"""

_OURS_VOTE = """
function request()
  local n = next_number()
  local headers = {{["Content-Type"]="application/json", ["Origin"]="{origin}",
    ["Gatherwell-Key"]=string.format("%032x", n)}}
  local body = '{{"version":1,"choices":["often"]}}'
  return wrk.format("POST", "/api/v1/polls/bench~" .. {poll} .. "/votes", headers, body)
end
"""

_OURS_COMMENT = """
function request()
  local n = next_number()
  local headers = {{["Content-Type"]="application/json", ["Origin"]="{origin}",
    ["Gatherwell-Key"]=string.format("%032x", n)}}
  return wrk.format("POST", "/api/v1/threads/bench~page-" .. n % {threads} .. "/comments", headers,
    '{{"pseudonym":"Person ' .. n .. '","text":"{text} ' .. words(n) .. '"}}')
end
"""

_ISSO_COMMENT = """
function request()
  local n = next_number()
  local headers = {{["Content-Type"]="application/json", ["Origin"]="{origin}"}}
  return wrk.format("POST", "/new?uri=%2Fpage-" .. n % {threads} .. "%2F", headers,
    '{{"title":"Bench","author":"Person ' .. n .. '","email":null,"website":null,"parent":null,' ..
    '"text":"{text} ' .. words(n) .. '"}}')
end
"""


# As communities run it: each request brings a proof that nobody sent before, through a proxy that names another address.
_PROVEN = """
local proofs, seed_alone = {{}}, init
function init(args)
  seed_alone(args)
  for line in io.lines("{proofs}." .. thread_id) do proofs[#proofs + 1] = line end
end
function request()
  local n = next_number()
  local proof = proofs[counter]
  if not proof then wrk.thread:stop() end
  local address = string.format("%d.%d.%d.%d", 11 + n % 89, math.floor(n / 89) % 251, math.floor(n / 22339) % 251, thread_id + 1)
  local headers = {{["Content-Type"]="application/json", ["Origin"]="{origin}", ["X-Forwarded-For"]=address,
    ["Gatherwell-Key"]=string.format("%032x", n)}}
  return wrk.format("POST", {path}, headers, '{{' .. {said} .. ',"altcha":"' .. (proof or "") .. '"}}')
end
"""


def proven_votes(seed: int, proofs: Path, delay: int = 0) -> str:
    """First votes, spread over the polls of all pages."""
    path = f'"/api/v1/polls/bench~page-" .. n % {THREADS} .. "/votes"'
    return _script(
        _PROVEN, seed, delay, proofs=str(proofs), path=path, said="""'"version":1,"choices":["often"]'"""
    )


def proven_comments(seed: int, proofs: Path, delay: int = 0) -> str:
    """Each by a new name."""
    path = f'"/api/v1/threads/bench~page-" .. n % {THREADS} .. "/comments"'
    said = f"""'"pseudonym":"Person ' .. n .. '","text":"{TEXT} ' .. words(n) .. '"'"""
    return _script(_PROVEN, seed, delay, proofs=str(proofs), path=path, said=said)


def votes_on_one(seed: int, delay: int = 0) -> str:
    return _script(_OURS_VOTE, seed, delay, poll='"hot"')


def votes_on_many(seed: int, delay: int = 0) -> str:
    return _script(_OURS_VOTE, seed, delay, poll=f'"page-" .. n % {THREADS}')


def comments(seed: int, delay: int = 0) -> str:
    return _script(_OURS_COMMENT, seed, delay)


def isso_comments(seed: int, delay: int = 0) -> str:
    return _script(_ISSO_COMMENT, seed, delay)


_UNCACHED = """
function request()
  local path = "/api/v1/threads/bench~{thread}?cursor=a0." .. string.format("%026d", next_number())
  return wrk.format("GET", path)
end
"""


def uncached(thread: str) -> str:
    """The first page behind cursors that all lie before it: no answer serves twice."""
    return _STEP.format(seed=7, delay="") + _UNCACHED.format(thread=thread)


def paced(delay: int) -> str:
    """Plain reads, each connection waiting `delay` milliseconds between two."""
    return _delay(delay)


def _delay(delay: int) -> str:
    """Each connection waits by chance, `delay` milliseconds on average: with one and the same pause all of them,
    begun at once, would ask in bursts for ever, as no crowd of people does."""
    return f"function delay() return math.random(0, {2 * delay}) end" if delay else ""


def _script(body: str, seed: int, delay: int, **values: str) -> str:
    step = _STEP.format(seed=seed, delay=_delay(delay))
    return step + body.format(origin=ORIGIN, threads=THREADS, text=TEXT, **values)


@dataclass(frozen=True)
class Load:
    rate: float  # answers a second
    p99: float  # milliseconds
    failures: int  # answers other than 2xx and 3xx, and broken connections


def wrk(url: str, script: str | None, *, seconds: int, connections: int, work: Path) -> Load:
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    if script:
        place = work / "script.lua"
        place.write_text(script, encoding="utf-8")
        command += ["-s", str(place)]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", said))
    number, unit = re.split(r"(?<=\d)(?=[a-z])", _found(r"99%\s+([\d.]+(?:us|ms|s|m))", said))
    p99 = float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[unit]
    failures = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))
    failures += sum(
        int(n) for line in re.findall(r"Socket errors:(.*)", said) for n in re.findall(r"\d+", line)
    )
    return Load(rate, p99, failures)


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"wrk said nothing of {pattern}:\n{text}")
    return match[1]
