"""``_headers`` and ``robots.txt``, whole, for every host."""

from __future__ import annotations

import pytest

from generator.outputs.headers import plan_headers, referrer_policy
from generator.outputs.robots import plan_robots
from tests.generator.outputs.whole_files import OWN, files

HEADERS = """\
/*
  Content-Security-Policy: frame-ancestors 'none'
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Permissions-Policy: accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), \
magnetometer=(), microphone=(), payment=(), usb=()
  Referrer-Policy: same-origin
  Strict-Transport-Security: max-age=63072000; includeSubDomains
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/*/feed.atom
  Content-Type: application/atom+xml; charset=utf-8
/*/feed.json
  Content-Type: application/feed+json
"""


def test_headers_of_a_whole_site() -> None:
    assert files(plan_headers) == {"_headers": HEADERS}


def test_headers_stand_below_the_path_of_the_base_url() -> None:
    expected = HEADERS.replace("\n/", "\n/health/").replace("/*\n", "/health/*\n", 1)
    assert files(plan_headers, "https://tiny.example/health/") == {"_headers": expected}


def test_each_host_has_headers_and_one_condition_alone_writes_its_own() -> None:
    assert files(plan_headers, urls=OWN) == {
        "tiny.example/_headers": HEADERS,
        "ms.example/_headers": HEADERS,
    }
    assert list(files(plan_headers, urls=OWN, only=("ms",))) == ["ms.example/_headers"]


@pytest.mark.parametrize(
    ("endpoint", "policy"),
    [
        ("", "same-origin"),
        ("/api/v1", "same-origin"),
        ("http://127.0.0.1:8001/api/v1", "strict-origin-when-cross-origin"),
        ("https://fn.example/api/v1", "strict-origin-when-cross-origin"),
    ],
)
def test_referrer_policy_lets_forms_reach_the_function(endpoint: str, policy: str) -> None:
    assert referrer_policy(endpoint) == policy
    (text,) = files(plan_headers, endpoint=endpoint).values()
    assert text == HEADERS.replace("Referrer-Policy: same-origin", f"Referrer-Policy: {policy}")


@pytest.mark.parametrize(
    ("endpoint", "base_url", "text"),
    [
        ("", "https://tiny.example/", "Disallow:\nSitemap: https://tiny.example/sitemap.xml\n"),
        (
            "/api/v1",
            "https://tiny.example/health/",
            "Disallow: /api/v1/\nDisallow: /desk/\nSitemap: https://tiny.example/health/sitemap.xml\n",
        ),
        (
            "https://fn.example/api/v1",
            "https://tiny.example/",
            "Disallow:\nSitemap: https://tiny.example/sitemap.xml\n",
        ),
    ],
)
def test_robots_may_read_all_but_the_function(endpoint: str, base_url: str, text: str) -> None:
    assert files(plan_robots, base_url, endpoint) == {"robots.txt": f"User-agent: *\n{text}"}


def test_robots_of_each_host_name_its_own_sitemap() -> None:
    texts = files(plan_robots, urls=OWN)
    assert {path: text.split("Sitemap: ")[1].strip() for path, text in texts.items()} == {
        "tiny.example/robots.txt": "https://tiny.example/sitemap.xml",
        "ms.example/robots.txt": "https://ms.example/sitemap.xml",
    }
    assert list(files(plan_robots, urls=OWN, only=("ms",))) == ["ms.example/robots.txt"]
