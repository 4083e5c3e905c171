"""An export of 5,000 posts and 20,000 comments: all of it comes, and memory does not grow with the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator.importing.bringing import PROJECT, item
from tests.sites import TinySite

COMMENT = "<wp:comment><wp:comment_author_email>a@b.example</wp:comment_author_email><wp:comment_content>{}</wp:comment_content></wp:comment>"
BODY = "<!-- wp:paragraph --><p>Rest <b>before</b> you are tired, as <a href='/post-1/'>we</a> said. {}</p><!-- /wp:paragraph -->\n"
RUN = """
import pathlib, re, resource, sys
from generator.cli import main
try:
    main(["import", "wordpress", sys.argv[1], "--root", sys.argv[2], "--condition", "migraine", "--json"])
except SystemExit as stop:
    code = stop.code
status = pathlib.Path("/proc/self/status")
if status.exists():  # ru_maxrss would begin with what the starting process held
    print(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1], file=sys.stderr)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def write_export(file: Path, posts: int, paragraphs: int) -> None:
    with file.open("w", encoding="utf-8") as stream:
        stream.write("<rss><channel><wp:base_site_url>https://old.example</wp:base_site_url>\n")
        comments = "".join(COMMENT.format("Me too. " * 20) for _ in range(4))
        for number in range(1, posts + 1):
            body = "".join(BODY.format(f"{number} {line}") for line in range(paragraphs))
            stream.write(item(body, number).replace("</item>", f"{comments}</item>"))
        stream.write("</channel></rss>\n")


def memory_of_import(folder: Path, posts: int, paragraphs: int) -> float:
    """The most memory that an import took, in MB."""
    site = TinySite(folder / "project", PROJECT)
    write_export(folder / "export.xml", posts, paragraphs)
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(folder / "export.xml"), str(site.root)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(list((site.root / "content/migraine").iterdir())) == posts + 1
    assert "](post-1.md)" in (site.root / f"content/migraine/post-{posts}.md").read_text("utf-8")
    return int(ran.stderr.split()[-1]) / 1024


@pytest.mark.long
def test_memory_stays_flat_over_5000_posts(tmp_path: Path) -> None:
    few = memory_of_import(tmp_path / "few", posts=500, paragraphs=10)
    many = memory_of_import(tmp_path / "many", posts=5000, paragraphs=10)
    assert many < 300
    # Ten times the posts: what is kept of each is its place, not its text.
    assert many - few < 60


OTHER = (
    "<item><title>Order</title><wp:post_id>{}</wp:post_id><wp:post_type>shop_order</wp:post_type><wp:status>publish</wp:status>"
    "<content:encoded><![CDATA[{}]]></content:encoded><wp:postmeta><wp:meta_key>_log</wp:meta_key>"
    "<wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta></item>\n"
)


@pytest.mark.long
def test_memory_stays_flat_over_500_megabytes(tmp_path: Path) -> None:
    """Most of a large export is of plug-ins: read through twice and kept nowhere."""
    site = TinySite(tmp_path / "project", PROJECT)
    file = tmp_path / "export.xml"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("<rss><channel><wp:base_site_url>https://old.example</wp:base_site_url>\n")
        for number in range(100):
            stream.write(item("Words. " * 2_000, number + 1))
            stream.writelines(
                OTHER.format(1_000 + number * 50 + more, "body " * 10_000, "log " * 12_500)
                for more in range(50)
            )
        stream.write("</channel></rss>\n")
    assert file.stat().st_size > 500_000_000
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(file), str(site.root)], capture_output=True, text=True, check=True
    )
    assert len(list((site.root / "content/migraine").iterdir())) == 101
    assert int(ran.stderr.split()[-1]) / 1024 < 150
