"""Rules of servers for old addresses by number: made of the lines of `_redirects`, and of no others."""

import pytest

from generator.outputs.redirect_rules import RULES, numbered_in

LINES = (
    "/old/ /migraine/x/ 301",
    "/ p=123 /migraine/pacing/ 301!",
    "/blog/ page_id=9 /%20/$a/ 301!",
    "/ q=1 /no/ 301!",
)
MOVED = {"/?p=123": "/migraine/pacing/", "/blog/?page_id=9": "/%20/%24a/"}


def test_lines_by_number_are_read_and_others_are_left() -> None:
    assert numbered_in(LINES) == MOVED


@pytest.mark.parametrize(
    ("server", "wanted"),
    [
        (
            "apache",
            "RewriteCond %{QUERY_STRING} (?:^|&)p=123(?:&|$)\nRewriteRule ^$ /migraine/pacing/ [R=301,L,QSD,NE]\n",
        ),
        ("apache", "RewriteRule ^blog/$ /\\%20/\\%24a/ [R=301,L,QSD,NE]\n"),
        ("apache", "RewriteRule ^ - [S=2]\n"),
        ("caddy", 'map {path}?p={query.p} {moved_p} {\n\t/?p=123 /migraine/pacing/\n\tdefault ""\n}\n'),
        ("caddy", "redir @moved_page_id {moved_page_id} 301\n"),
        ("cloudflare", '"/blog/?page_id=9": "/%20/%24a/"'),
        ("cloudfront", 'var numbered = {\n"/?p=123": "/migraine/pacing/",\n'),
        ("nginx", 'map "$uri?p=$arg_p" $moved_p {\n    default "";\n    "/?p=123" "/migraine/pacing/";\n}\n'),
    ],
)
def test_each_server_has_its_own_words(server: str, wanted: str) -> None:
    assert wanted in RULES[server](MOVED)
