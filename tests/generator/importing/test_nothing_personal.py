"""No e-mail address, network address, user agent, avatar or login name stands in anything that an import writes."""

from __future__ import annotations

import re

import pytest

from tests.generator.importing.bringing import WXR, Bringing
from tests.generator.importing.hugo_project import LISTING as HUGO
from tests.generator.importing.jekyll_project import LISTING as JEKYLL
from tests.generator.pictures import SECRET

CANARY = re.compile(rb"canary|203\.0\.113\.77|gravatar|" + SECRET.encode(), re.IGNORECASE)
KINDS = (
    "canary-mail@canary.example",
    "canary-login",
    "canary-agent",
    "203.0.113.77",
    "canaryavatar0123",
    "canary-private",
)


@pytest.mark.parametrize("text", [WXR, HUGO, JEKYLL], ids=["wordpress", "hugo", "jekyll"])
def test_fixtures_hold_a_canary_of_every_kind(text: str) -> None:
    assert [kind for kind in KINDS if kind not in text] == []


@pytest.mark.parametrize("format_", ["wordpress", "hugo", "jekyll"])
def test_no_canary_is_written_or_told(bringing: Bringing, format_: str) -> None:
    report = getattr(bringing, format_)()
    files = bringing.files()
    assert [
        path for path, content in files.items() if CANARY.search(content) or CANARY.search(path.encode())
    ] == []
    # `canary.html` is the name of a template, and no person's.
    notes = [note for note in report.notes if CANARY.search(" ".join(map(str, note)).encode())]
    assert [
        note.what for note in notes if "canary.html" not in note.what and "gravatar.com" not in note.what
    ] == []


def test_canaries_in_every_field_of_an_export(bringing: Bringing) -> None:
    """Each element that an import does not need is filled with an address; none is found afterwards."""
    kept = (
        "post_id",
        "status",
        "post_type",
        "post_name",
        "post_date",
        "meta_key",
        "base_",
        "comment_status",
        "post_parent",
    )
    mail = "canary-mail@canary.example"

    def filled(found: re.Match[str]) -> str:
        return (
            found[0] if any(name in found[1] for name in kept) else f"<wp:{found[1]}>{mail}</wp:{found[1]}>"
        )

    text = re.sub(r"<wp:(\w+)>[^<]*(?:<!\[CDATA\[[^<]*\]\]>)?</wp:\1>", filled, WXR)
    text = text.replace("</title>", f" {mail}</title>").replace("<em>many</em>", mail)
    assert text.count(mail) > 50
    bringing.wordpress(text)
    assert [path for path, content in bringing.files().items() if CANARY.search(content)] == []


@pytest.mark.parametrize(
    "written",
    [
        "canary@canary.example",
        "canary&#64;canary.example",
        "<a href='mailto:canary%40canary.example'>write</a>",
        "<b title='canary@canary.example'>x</b>",
        "<img src='/wp-content/uploads/2019/03/bucket.png' alt='canary@canary.example'>",
        "<code>canary@canary.example</code>",
        "<pre>canary@canary.example</pre>",
        "<a href='https://x.example/?m=canary@canary.example'>x</a>",
        "<figure><img src='/wp-content/uploads/2019/03/bucket.png'><figcaption>canary@canary.example</figcaption></figure>",
        "[caption]<img src='/wp-content/uploads/2019/03/bucket.png'> canary@canary.example[/caption]",
        "<table><tr><td>canary@canary.example</td></tr></table>",
        "<h2 id='canary@canary.example'>canary@canary.example</h2>",
        "canary<span>@</span>canary.example",
        "canary<!-- x -->@canary.example",
        "canary@canary-ü.example",
        "canary.josé@canary.example",
        "canary\uff20canary.example",
        "canary@cana&shy;ry.exam\u200bple",
    ],
)
def test_addresses_in_texts_are_taken_out(bringing: Bringing, written: str) -> None:
    from tests.generator.importing.bringing import item, wxr

    bringing.wordpress(wxr(item(written)))
    assert b"canary" not in bringing.files()["content/migraine/post-1.md"]
