"""An export of WordPress becomes content that our own reader takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.check import find_problems
from generator.ground.errors import ContentError
from generator.ground.project import Options, Project
from generator.importing.report import Report
from generator.importing.sources.wordpress import WordPress
from tests.generator.importing.bringing import Bringing, item, told, wxr
from tests.sites import NOW, TinySite


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bringing, Report]:
    bringing = Bringing(tmp_path_factory.mktemp("wordpress"))
    return bringing, bringing.wordpress()


def problems(site: TinySite) -> list[str]:
    found = find_problems(
        Project(site.root, site.out), Options(now=NOW, drafts=True, search=False), lambda _: None
    )
    return [f"{problem.source_path}:{problem.line}: {problem.message}" for problem in found.problems]


def test_our_own_reader_finds_nothing_that_the_import_could_have_avoided(
    brought: tuple[Bringing, Report],
) -> None:
    bringing, report = brought
    found = problems(bringing.site)
    assert [line.rpartition(": ")[2] for line in found] == ["this image has no description"]
    assert "98: a picture has no description; write what it shows" in told(report, "look")


def test_everything_public_lies_where_it_belongs(brought: tuple[Bringing, Report]) -> None:
    paths = {path for path in brought[0].files() if path.startswith("content/")}
    assert paths == {
        "content/_files/2019/03/bucket.png",
        "content/_files/2019/03/leaflet.pdf",
        "content/_files/2019/03/other.jpg",
        "content/_pages/about-us.md",
        "content/_pages/our-story.md",
        "content/_people/nora-lind.md",
        "content/migraine/_index.md",
        "content/migraine/a-draft.md",
        "content/migraine/about-search.md",
        "content/migraine/classic-2.md",
        "content/migraine/classic.md",
        "content/migraine/guide.es.md",
        "content/migraine/guide.md",
        "content/migraine/later.md",
        "content/sleep/_index.md",
        "content/sleep/pacing.md",
    }


def test_front_matter_of_a_post(brought: tuple[Bringing, Report]) -> None:
    block = brought[0].text("sleep/pacing.md").split("---\n")[1]
    assert block == (
        "title: 'Pacing & \"rest\": a guide'\ndate: 2019-03-14T10:00:00+00:00\nupdated: 2020-05-01T08:00:00+00:00\n"
        "summary: How to rest. …\nauthors:\n  - nora-lind\ntopics:\n  - Energy\nimage: ../_files/2019/03/bucket.png\n"
        "image_alt: Three taps fill a bucket\ncomments: closed\naliases:\n  - /2019/03/pacing/\n  - /2019/03/pace/\n  - /?p=10\n"
    )


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("sleep/pacing.md", "## Start \\*small\\* {#start}\n"),
        (
            "sleep/pacing.md",
            "you are tired^[By *many*.]. See [the classic](../migraine/classic.md#part), [by number]",
        ),
        (
            "sleep/pacing.md",
            "[Nora](../_people/nora-lind.md), another, gone and [elsewhere](<https://www.who.int/x_(y)>)",
        ),
        (
            "sleep/pacing.md",
            ":::figure\n![Three taps fill a bucket](../_files/2019/03/bucket.png)\n\nThree taps\n:::",
        ),
        ("sleep/pacing.md", "| Drug | Dose |\n| --- | --- |\n| A\\|B |  |\n| C |  |\n"),
        ("sleep/pacing.md", "From a reused block."),
        ("sleep/pacing.md", '```py\nprint("[caption]") # {{x}}\n```'),
        ("sleep/pacing.md", "[A film](https://vimeo.com/123)"),
        ("migraine/classic.md", "First line,\\\nsecond line."),
        ("migraine/classic.md", "## Part\n\n### Of it {#part}\n"),
        ("migraine/classic.md", "[A leaflet](../_files/2019/03/leaflet.pdf)"),
        ("migraine/classic.md", "Inside and \\[sic\\] and\n"),
        ("migraine/classic.md", "Aura\n:   Signs.\n"),
        ("migraine/a-draft.md", "draft: true\n"),
        ("migraine/later.md", "date: 2030-01-01T00:00:00+00:00\n"),
        ("migraine/guide.es.md", "slug: guia\n"),
        (
            "_pages/our-story.md",
            "order: 3\naliases:\n  - /about-us/our-story/\n  - /?page_id=19\n  - /?p=19\n",
        ),
        ("_people/nora-lind.md", "---\nname: Nora Lind\nrole: member\n---\n"),
    ],
)
def test_texts_come_as_they_were_shown(brought: tuple[Bringing, Report], path: str, wanted: str) -> None:
    assert wanted in brought[0].text(path)


def test_what_is_not_public_stays_out(brought: tuple[Bringing, Report]) -> None:
    assert told(brought[1], "out")[:3] == [
        "128: number 16 is private",
        "129: number 17 is protected by a password",
        "130: number 18 is in the trash",
    ]


@pytest.mark.parametrize(
    ("cause", "wanted"),
    [
        ("lost", "34: the picture missing.png is not among the files; is its folder named with --uploads?"),
        ("lost", "62: a picture of another site (secure.gravatar.com); it would learn who reads the page"),
        ("lost", "102: the shortcode [contact-form-7] was taken out; what it showed is to be written anew"),
        ("lost", "26: a link to /2001/gone of the old site, which was not imported; its words stay"),
        ("changed", "98: a gallery became 2 pictures one below the other"),
        ("changed", "93: a link to an e-mail address was taken out; its words stay"),
        ("changed", "124: 'classic' is taken already; the address ends in classic-2"),
    ],
)
def test_the_report_names_lines_of_the_export(
    brought: tuple[Bringing, Report], cause: str, wanted: str
) -> None:
    lines = told(brought[1], cause)
    text = wanted.partition(": ")[2]
    assert any(line.endswith(text) for line in lines)
    assert wanted in lines


def test_old_addresses_lead_to_the_new_pages(brought: tuple[Bringing, Report]) -> None:
    site = brought[0].site
    site.replace("gatherwell.yaml", "title: New", "title: New\nchecks: {alt: warning}")
    site.build()
    lines = site.text("_redirects").splitlines()
    assert "/2019/03/pacing/ /sleep/pacing/ 301" in lines
    assert "/2018/01/classic/ /migraine/classic/ 301" in lines
    assert (site.out / "sleep/pacing/index.html").exists()


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (item("a", 1, "x") + item("b", 2, "x"), ["x-2.md", "x.md"]),
        (item("a", 1, "%e6%97%a5"), ["日.md"]),
        (item("a", 1, "es"), ["about-es.md"]),
        (item("a", 1, "..%2f..%2fx"), ["x.md"]),
        (item("a", 1, "x" * 400), ["x" * 150 + ".md"]),
        (item("a", 1, "!!!", title="!!!"), ["post-wordpress-old-example-1.md"]),
    ],
)
def test_every_entry_has_a_file_of_its_own(bringing: Bringing, text: str, paths: list[str]) -> None:
    bringing.wordpress(wxr(text))
    folder = bringing.site.root / "content/migraine"
    assert sorted(path.name for path in folder.iterdir() if path.name != "_index.md") == paths
    assert problems(bringing.site) == []


def test_parents_in_a_circle_do_no_harm(bringing: Bringing) -> None:
    page = item().replace("post</wp:post_type>", "page</wp:post_type><wp:post_parent>1</wp:post_parent>")
    assert bringing.wordpress(wxr(page)).counts.pages == 1


def test_a_cut_export_brings_what_is_whole_and_is_told(bringing: Bringing) -> None:
    whole = wxr(item("One.", 1), item("Two.", 2))
    report = bringing.wordpress(whole[: whole.index("Two.")])
    assert report.counts.articles == 1
    assert report.damaged
    assert told(report, "damaged")[0].endswith("export it again")


@pytest.mark.parametrize("text", ["<rss><channel><item><title>a</title></item></channel></rss>", "<html/>"])
def test_what_is_no_export_is_refused(bringing: Bringing, text: str) -> None:
    with pytest.raises(ContentError, match="is no export of WordPress"):
        bringing.wordpress(text)


def test_entities_are_refused_before_anything_is_written(bringing: Bringing) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ContentError, match="has a document type"):
        bringing.wordpress(wxr(item("&a;"), head=head))
    assert not (bringing.site.root / ".gatherwell").exists()


def test_conditions_by_category_and_by_default(bringing: Bringing) -> None:
    term = '<category domain="category" nicename="rest"><![CDATA[Rest &amp; sleep]]></category></item>'
    listing = wxr(item("a", 1).replace("</item>", term), item("b", 2))
    report = bringing.wordpress(listing, condition="", maps=(("Rest & sleep", "sleep"),))
    assert [path for path in bringing.files() if path.endswith("post-1.md")] == ["content/sleep/post-1.md"]
    assert "`--map category=condition` or `--condition`" in told(report, "out")[0]


def test_topics_by_the_file_that_maps_them(bringing: Bringing) -> None:
    terms = "".join(
        f'<category domain="post_tag" nicename="{n}">{n}</category>' for n in ("a", "b", "c", "C+")
    )
    topics = {"a": ("Sleep", "Rest"), "b": ()}
    report = bringing.wordpress(wxr(item().replace("</item>", f"{terms}</item>")), topics=topics)
    assert "topics:\n  - Sleep\n  - Rest\n  - c\n" in bringing.text("migraine/post-1.md")
    assert "the topic 'C+' would have the address of 'c'" in told(report, "lost")[0]


def test_files_outside_of_the_uploads_are_never_taken(bringing: Bringing, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    (bringing.uploads / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    body = "".join(
        f'<a href="https://old.example/wp-content/uploads/{path}">x</a>'
        for path in ("../secret.pdf", "%2e%2e/secret.pdf", "..%2fsecret.pdf", "link.pdf")
    )
    bringing.wordpress(wxr(item(body)))
    assert not (bringing.site.root / "content/_files").exists()


def test_a_damaged_picture_is_told_and_left(bringing: Bringing) -> None:
    (bringing.uploads / "2019/03/bad.png").write_bytes(b"\x89PNG\r\n\x1a\nnot")
    (bringing.uploads / "2019/03/bad.bmp").write_bytes(b"BM")
    body = "".join(
        f'<img alt="a" src="/wp-content/uploads/2019/03/bad.{suffix}">' for suffix in ("png", "bmp")
    )
    report = bringing.wordpress(wxr(item(body)))
    assert [line.partition("bad")[2] for line in told(report, "lost")] == [
        ".png is damaged",
        ".bmp has a format that browsers do not all show: save it as PNG or JPEG",
    ]
    assert problems(bringing.site) == []


def test_a_featured_picture_without_a_description_is_told(bringing: Bringing) -> None:
    meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta></item>"
    picture = (
        item("", 9)
        .replace(">post</wp:post_type>", ">attachment</wp:post_type>")
        .replace(
            "</item>",
            "<wp:attachment_url>https://old.example/wp-content/uploads/2019/03/bucket.png</wp:attachment_url></item>",
        )
    )
    report = bringing.wordpress(wxr(item("A.").replace("</item>", meta), picture))
    assert "image: ../_files/2019/03/bucket.png\n" in bringing.text("migraine/post-1.md")
    assert told(report, "look") == ["3: its own picture has no description; write `image_alt`"]


def test_several_files_are_one_export(bringing: Bringing) -> None:
    author = "<wp:author><wp:author_login>m1</wp:author_login><wp:author_display_name>Mara</wp:author_display_name></wp:author>"
    by = "<dc:creator>m1</dc:creator><wp:post_id>"
    text = wxr(author, item("See <a href='/?page_id=2'>two</a>.", number=1).replace("<wp:post_id>", by))
    other = bringing.folder / "second.xml"
    other.write_text(wxr(author, item("See <a href='/post-1/'>one</a> [poll id=3].", number=2)), "utf-8")
    report = bringing.bring(WordPress((bringing.export(text), other), None))
    assert "See [two](post-2.md)." in bringing.text("migraine/post-1.md")
    assert "See [one](post-1.md)" in bringing.text("migraine/post-2.md")
    assert [note.origin.file for note in report.notes if note.cause == "lost"] == ["second.xml"]
    assert told(report, "look") == []


@pytest.mark.parametrize(
    ("block", "shown", "told_of"),
    [
        ("<!-- wp:latest-posts /-->", "", "latest-posts"),
        ('<!-- wp:acme/price {"a":{"b":"}"}} /-->', "", "acme/price"),
        ('<!-- wp:block {"ref":404} /-->', "", "block"),
        ('<!-- wp:social-link {"url":"https://m.example/@us","service":"mastodon"} /-->',
         "- [mastodon](https://m.example/@us)", ""),
        ("<!-- wp:spacer /--><!-- wp:footnotes /-->", "", ""),
    ],
)  # fmt: skip
def test_blocks_that_the_server_filled_are_told(
    bringing: Bringing, block: str, shown: str, told_of: str
) -> None:
    report = bringing.wordpress(
        wxr(item(f"<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph --><ul>{block}</ul>"))
    )
    assert bringing.text("migraine/post-1.md").partition("---\nA\n")[2].strip() == shown
    told_notes = [f"3: the block '{told_of}' was taken out; what it showed is to be written anew"] * bool(
        told_of
    )
    assert told(report, "lost") == told_notes


def test_a_picture_of_which_only_the_scaled_copy_is_left_comes(bringing: Bringing) -> None:
    (bringing.uploads / "2019/03/bucket.png").rename(bringing.uploads / "2019/03/bucket-scaled.png")
    bringing.wordpress(wxr(item("<img src='/wp-content/uploads/2019/03/bucket-300x200.png' alt='b'>")))
    assert "(../_files/2019/03/bucket-scaled.png)" in bringing.text("migraine/post-1.md")


@pytest.mark.parametrize(
    ("text", "look"),
    [
        (wxr(item("[poll id=3]")), "content/migraine/post-1.md has no text"),
        (wxr(item().replace("https://old.example/post-1/", "https://old.example/")), "was the front page"),
        (
            wxr(item().replace(">post<", ">page<").replace("example/post-1/", "example/")),
            "was the front page",
        ),
        (
            wxr(
                "".join(
                    f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>Mara Lind</wp:author_display_name></wp:author>"
                    for login in ("m1", "m2")
                ),
                *(
                    item(number=n).replace("<wp:post_id>", f"<dc:creator>m{n}</dc:creator><wp:post_id>")
                    for n in (1, 2)
                ),
            ),
            "2 who wrote are called 'Mara Lind' and share a profile",
        ),
        (
            wxr(item().replace("2019-01-02", "2019-31-02")),
            "number 1 has no date that can be read; write it",
        ),
    ],
)
def test_what_people_should_look_at(bringing: Bringing, text: str, look: str) -> None:
    assert [look in one for one in told(bringing.wordpress(text), "look")] == [True]
