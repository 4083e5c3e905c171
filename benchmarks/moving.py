"""An export of WordPress as large as a community of ten years: how long it takes to move in, and how much memory.

`python -m benchmarks.moving` generates 5,000 posts and 20,000 comments, imports both, builds, and takes the comments into
a store; twice, since the second time nothing may change. Then a function serves that store, its snapshot is pulled and baked
in, and every post, old address and comment is looked up. Times are printed and not judged; what is out of place ends it with 1.
"""

from __future__ import annotations

import argparse
import random
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from benchmarks.moved import Expected, Found, look

_WORDS: Final = [
    "rest",
    "before",
    "you",
    "are",
    "tired",
    "the",
    "light",
    "was",
    "too",
    "bright",
    "and",
    "I",
    "lay",
    "down",
    "for",
    "an",
    "hour",
    "a",
    "cold",
    "cloth",
    "helps",
    "me",
    "more",
    "than",
    "tea",
    "my",
    "doctor",
    "said",
    "to",
    "write",
    "down",
    "every",
    "attack",
    "since",
    "then",
    "I",
    "know",
    "that",
    "weather",
    "is",
    "not",
    "what",
    "sets",
    "it",
    "off",
    "thank",
    "you",
    "for",
    "this",
]
_NAMES: Final = ("Anna Berg", "Tom O'Neill", "maria", "Lucía Gómez", "kai77", "Dr. Admin", "J. Doe", "Ping")
_ITEM: Final = """<item><title>Post {n}</title><link>https://old.example/2019/post-{n}/</link><dc:creator>writer</dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{n}</wp:post_id><wp:post_date_gmt>2019-01-02 00:00:00</wp:post_date_gmt>
<wp:post_name>post-{n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
{comments}</item>
"""
_COMMENT: Final = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>
<wp:comment_author_email>{mail}</wp:comment_author_email><wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>
<wp:comment_date_gmt>2019-{month:02}-{day:02} 12:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
"""
_PROJECT: Final = {
    "gatherwell.yaml": 'title: New\nbase_url: https://new.example/\ncards: "off"\n',
    "content/migraine/_index.md": "---\ntitle: Migraine\n---\n",
}
_BASE: Final = "https://new.example/"
_SERVER: Final = "import sys; from generator.cli import main; main(sys.argv[1:])"
_MEASURED: Final = """
import resource, sys
from generator.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code or 0
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(each.ru_utime + each.ru_stime for each in used)
own, other = (each.ru_maxrss / 1024 for each in used)
print(f"{cpu:.1f} CPU s, {own:.0f} MB, its largest worker {other:.0f} MB", file=sys.stderr)
sys.exit(code)
"""


def write_export(stream: IO[str], posts: int, comments: int, seed: int = 7) -> Expected:
    """Write an export; returns what of it is public."""
    chance = random.Random(seed)
    expected = Expected()
    number = 0
    stream.write("<rss><channel><wp:base_site_url>https://old.example</wp:base_site_url>\n")
    for post in range(1, posts + 1):
        written: list[str] = []
        mine: list[int] = []
        for _ in range(comments * post // posts - comments * (post - 1) // posts):
            number += 1
            state = chance.choice(("1",) * 12 + ("0", "spam", "trash"))
            parent = chance.choice(mine) if mine and chance.random() < 0.6 else 0
            written.append(_comment(chance, number, parent, state))
            if state == "1":
                mine.append(number)
                expected.comments[number] = (post, parent)
        body = "".join(f"<p>{_text(chance, 40)}</p>\n" for _ in range(10))
        expected.openings[post] = body.partition("</p>")[0].removeprefix("<p>")
        stream.write(_ITEM.format(n=post, body=body, comments="".join(written)))
    stream.write("</channel></rss>\n")
    return expected


def _comment(chance: random.Random, number: int, parent: int, state: str) -> str:
    person = chance.randrange(2_000)
    return _COMMENT.format(
        id=number,
        name=_NAMES[person % len(_NAMES)],
        mail=f"canary{person}@canary.example",
        month=chance.randint(1, 12),
        day=chance.randint(1, 28),
        text=f"{_text(chance, 30)} number {number}.",
        approved=state,
        parent=parent,
    )


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _run(*arguments: str) -> None:
    begun = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED, *arguments], capture_output=True, text=True, check=False
    )
    told = ran.stderr.strip().splitlines()[-1:] or [""]
    print(f"{' '.join(arguments[:2]):20} {time.perf_counter() - begun:6.1f} s, {told[0]}", flush=True)
    print("\n".join(f"    {line}" for line in ran.stdout.strip().splitlines()[:12]), flush=True)
    if ran.returncode:
        raise SystemExit(ran.stderr)


@contextmanager
def _served(here: tuple[str, str]) -> Iterator[str]:
    """The origin of a function on the project's store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    line = [sys.executable, "-c", _SERVER, "function", "serve", "--no-access-log", "--port", port, *here]
    server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    origin = f"http://127.0.0.1:{port}"
    try:
        while not _answers(f"{origin}/api/v1/snapshot"):
            if server.poll() is not None:
                raise SystemExit("the function did not start")
            time.sleep(0.2)
        yield origin
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{address}: {error}") from None
    except OSError:
        return False


def _tell(found: Found, expected: Expected) -> None:
    posts, comments = len(expected.openings), len(expected.comments)
    for number, whole, what in (
        (found.pages, posts, "posts have a page with their title and words"),
        (found.addresses, posts, "old addresses lead there, by page and by _redirects"),
        (found.comments, comments, "approved comments stand once, on their page, in their conversation"),
        (found.answers, comments, "stand under what they answered, or begin a conversation as they did"),
    ):
        print(f"{number:7,} of {whole:,} {what}")
    if found.faults:
        raise SystemExit("\n".join([f"{len(found.faults):,} out of place:", *found.faults[:20]]))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=5_000)
    asked.add_argument("--comments", type=int, default=20_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for path, text in _PROJECT.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        export = Path(folder) / "export.xml"
        with export.open("w", encoding="utf-8") as stream:
            expected = write_export(stream, given.posts, given.comments)
        approved = len(expected.comments)
        print(f"{given.posts:,} posts, {given.comments:,} comments, {approved:,} of them approved")
        here = ("--root", str(root))
        comments = str(root / ".gatherwell/private/comments-wordpress.jsonl")
        for _ in range(2):
            _run("import", "wordpress", str(export), "--condition", "migraine", *here)
            _run("build", *here)
            _run("function", "import", comments, *here)
        with _served(here) as origin:
            _run("results", "pull", "--endpoint", origin, *here)
        _run("build", *here)
        _tell(look(root / "site", root / ".gatherwell/private/snapshot.json", expected, _BASE), expected)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"altogether {children.ru_utime + children.ru_stime:.0f} CPU s")


if __name__ == "__main__":
    main()
