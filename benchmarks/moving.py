"""An export of WordPress as large as a community of ten years: how long it takes to move in, and how much memory.

`python -m benchmarks.moving` generates 5,000 posts and 20,000 comments, imports both, builds, and takes the comments into
a store; twice, since the second time nothing may change. Figures are printed and not judged.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Final

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
_MEASURED: Final = """
import resource, sys
from generator.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code or 0
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"{used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB", file=sys.stderr)
sys.exit(code)
"""


def write_export(stream: IO[str], posts: int, comments: int, seed: int = 7) -> int:
    """Write an export; returns how many of its comments are approved."""
    chance = random.Random(seed)
    approved = number = 0
    stream.write("<rss><channel><wp:base_site_url>https://old.example</wp:base_site_url>\n")
    for post in range(1, posts + 1):
        written: list[str] = []
        mine: list[int] = []
        for _ in range(comments * post // posts - comments * (post - 1) // posts):
            number += 1
            state = chance.choice(("1",) * 12 + ("0", "spam", "trash"))
            approved += state == "1"
            parent = chance.choice(mine) if mine and chance.random() < 0.6 else 0
            written.append(_comment(chance, number, parent, state))
            mine += [number] if state == "1" else []
        body = "".join(f"<p>{_text(chance, 40)}</p>\n" for _ in range(10))
        stream.write(_ITEM.format(n=post, body=body, comments="".join(written)))
    stream.write("</channel></rss>\n")
    return approved


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
            approved = write_export(stream, given.posts, given.comments)
        print(f"{given.posts:,} posts, {given.comments:,} comments, {approved:,} of them approved")
        here = ("--root", str(root))
        comments = str(root / ".gatherwell/private/comments-wordpress.jsonl")
        for _ in range(2):
            _run("import", "wordpress", str(export), "--condition", "migraine", *here)
            _run("build", *here)
            _run("function", "import", comments, *here)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"altogether {children.ru_utime + children.ru_stime:.0f} CPU s")


if __name__ == "__main__":
    main()
