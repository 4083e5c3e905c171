"""Comments of WordPress, Disqus and Isso for tests, with an address, a login or another canary in every field that may hold one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import msgspec

from generator.importing.comments.disqus import DisqusComments
from generator.importing.comments.isso import IssoComments
from generator.importing.comments.names import Shortening
from generator.importing.comments.old import CommentSource, Old
from generator.importing.comments.run import CommentSettings, write_comments
from generator.importing.comments.wordpress import WordPressComments
from generator.importing.report import Report

MAIL = "canary@canary.example"
WORDS = f"Me too, write to {MAIL} or 203.0.113.77 @canary-login <img src='https://gravatar.com/avatar/canary'> <b>soon</b>"


def wp_comment(
    number: int, parent: int = 0, approved: str = "1", name: str = "Ana Ruiz", text: str = WORDS, **more: str
) -> str:
    fields = {
        "id": str(number),
        "author": name,
        "author_email": f"{name.replace(chr(32), chr(46))}.{MAIL}",
        "author_url": f"https://canary.example/{number}",
        "author_IP": "203.0.113.77",
        "date": "2019-05-01 14:00:00",
        "date_gmt": f"2019-05-01 12:00:{number % 60:02}",
        "content": f"<![CDATA[{text}]]>",
        "approved": approved,
        "type": "comment",
        "parent": str(parent),
        "user_id": "0",
        "agent": "canary-agent",
        **more,
    }
    inside = "".join(f"<wp:comment_{key}>{value}</wp:comment_{key}>" for key, value in fields.items())
    meta = "<wp:commentmeta><wp:meta_key>avatar</wp:meta_key><wp:meta_value>canary</wp:meta_value></wp:commentmeta>"
    return f"<wp:comment>{inside}{meta}</wp:comment>"


def wp_export(*comments: str, status: str = "publish", password: str = "") -> str:
    login = "<wp:author><wp:author_login>canary-login</wp:author_login></wp:author>"
    return f"""<rss><channel><wp:base_site_url>https://old.example</wp:base_site_url>{login}<item><title>Post</title>
<link>https://old.example/2019/05/post/</link><content:encoded>Words.</content:encoded><wp:post_id>7</wp:post_id>
<wp:post_date_gmt>2019-01-02 00:00:00</wp:post_date_gmt><wp:post_name>post</wp:post_name><wp:status>{status}</wp:status>
<wp:post_type>post</wp:post_type><wp:post_password>{password}</wp:post_password>{"".join(comments)}</item></channel></rss>"""


def disqus_post(
    number: int, parent: int = 0, spam: str = "false", deleted: str = "false", name: str = "Ana Ruiz"
) -> str:
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{number}"><id/><message><![CDATA[<p>{WORDS}</p>]]></message><createdAt>2019-05-01T12:00:0{number}Z</createdAt>
<isDeleted>{deleted}</isDeleted><isSpam>{spam}</isSpam><author><email>{MAIL}</email><name>{name}</name><isAnonymous>false</isAnonymous>
<username>canary-login</username></author><ipAddress>203.0.113.77</ipAddress><thread dsq:id="1"/>{above}</post>"""


def disqus_export(*posts: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="9"><title>General</title></category><thread dsq:id="1"><id>post</id><forum>old</forum>
<link>https://old.example/2019/05/post/</link><title>Post</title><createdAt>2019-01-01T00:00:00Z</createdAt>
<author><email>{MAIL}</email><name>Owner</name><username>canary-login</username></author><ipAddress>203.0.113.77</ipAddress>
<isClosed>false</isClosed><isDeleted>false</isDeleted></thread>{"".join(posts)}</disqus>"""


def isso_database(file: Path, rows: list[tuple[int, int | None, int]]) -> Path:
    """*rows* are (id, parent, mode)."""
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))"
        )
        db.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, modified FLOAT, mode INTEGER,"
            " remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER, dislikes INTEGER,"
            " voters BLOB, notification INTEGER)"
        )
        db.execute("INSERT INTO threads VALUES (1, '/2019/05/post/', 'Post')")
        for id_, parent, mode in rows:
            db.execute(
                "INSERT INTO comments VALUES (1, ?, ?, ?, NULL, ?, '203.0.113.77', ?, 'Ana Ruiz', ?, 'https://canary.example', 0, 0, NULL, 0)",
                (id_, parent, 1_556_712_000.5 + id_, mode, WORDS, MAIL),
            )
    return file


def source_of(folder: Path, kind: str) -> CommentSource:
    """An approved comment with an answer, and one of every kind that stays out."""
    file = folder / kind
    if kind == "isso":
        return IssoComments(isso_database(file, [(1, None, 1), (2, 1, 1), (3, None, 2), (4, None, 4)]))
    if kind == "disqus":
        posts = (
            disqus_post(1),
            disqus_post(2, 1),
            disqus_post(3, spam="true"),
            disqus_post(4, deleted="true"),
        )
        file.write_text(disqus_export(*posts), "utf-8")
        return DisqusComments(file)
    out = (wp_comment(n, approved=state) for n, state in ((3, "0"), (4, "spam"), (5, "trash")))
    pingback = wp_comment(6, type="pingback")
    file.write_text(wp_export(wp_comment(1), wp_comment(2, 1), *out, pingback), "utf-8")
    return WordPressComments((file,))


def read(source: CommentSource) -> list[Old]:
    return list(source.comments(lambda *_: None, Counter()))


def lines_of(
    root: Path, source: CommentSource, names: Shortening = "first", report: Report | None = None
) -> list[dict[str, str]]:
    """What the file of comments holds, without its head."""
    written = write_comments(source, CommentSettings(root, names), report or Report())
    lines = (root / written.path).read_bytes().splitlines() if written.comments else []
    return [msgspec.json.decode(line) for line in lines[1:]]
