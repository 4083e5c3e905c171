"""Random Markdown for property tests: texts put together from pieces that mean something to the rules."""

from __future__ import annotations

from hypothesis import strategies as st

COMMON = (
    *("a", "b ", "word", "é", "“", "\u00a0", ".", ":", "!", "(", ")", "'", '"', "\n", "\n", "\n\n", "  \n"),
    *("*", "**", "_", "__", "`", "``", "[", "]", "](x)", "](y.svg)", "![", "\\", "\\\n", "&amp;", "&copy;"),
    *("> ", ">", "- ", "* ", "1. ", "2) ", "    ", "  ", "\t", "# ", "## ", "---", "===", "```", "~~~"),
    *("<http://a.b>", "<a@b.c>", "[r]: /u\n", "[r]: <u> 'ti'\n", "[r]", "[r][]", "&#0;", "&#42;"),
)
OWN = (
    *("{#id}", "{.c}", "{#id .c k=v}", "{width=300}", "{", "}", "#", "%20", "](#id)", "](http://x.y)"),
    *(":::note\n", ":::\n", "::::tip[x]\n", "::::\n", ":::figure\n", ":::quote{author=x}\n", "::crisis\n"),
    *(":::poll{#p}\nQ?\n- a {#a}\n- b {#b}\n:::\n", "::results{poll=p}\n", "::figure[c]{src=a alt=b}\n"),
    *(":term[", "x]", ":term[x]{id=y}", "::", "[^a]", "[^b]", "^[", "[^a]: t\n", "\n[^b]: u\n\n    v\n"),
    *("| a | b |\n|---|:-:|\n| c | d |\n", "|", "~~", "~", "- [ ] ", "- [x] ", ": ", "\n: def", "--", "..."),
    *("<b>", "</b>", "<div>\n", "<!-- c -->", "<!--", "-->", "<script>", "<p style='x'>", "(javascript:x)"),
    *(
        "{>>",
        "<<}",
        "{++",
        "++}",
        "{--",
        "--}",
        "{~~",
        "~>",
        "~~}",
        "[//]: # (c)\n",
        "[//]: # (",
        "<!-->",
        "<! -- ",
    ),
)


def texts(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=40).map("".join)


anything = st.one_of(texts((*COMMON, *OWN)), st.text(max_size=80))
