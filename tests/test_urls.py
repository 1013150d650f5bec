"""What a URL comes to: one form for one page, a safe form for a link, a fragment that finds a sentence."""

from __future__ import annotations

import socket
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.urls import canonical_url, domain_of, percent_encoded, safe_href, text_fragment, web_address

HOST = "https://news.example.org"


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("HTTPS://News.Example.ORG:443/harbour", f"{HOST}/harbour"),
        ("http://news.example.org:8080/a", "http://news.example.org:8080/a"),
        (f"{HOST}", f"{HOST}/"),
        (f"{HOST}/a?utm_source=mail&id=3&fbclid=xyz", f"{HOST}/a?id=3"),
        (f"{HOST}/a?utm_source=mail", f"{HOST}/a"),
        (f"{HOST}/a?id=3&amp;page=2", f"{HOST}/a?id=3&page=2"),
        (f"{HOST}/a#comments", f"{HOST}/a"),
        ("https://editor:secret@news.example.org/a", f"{HOST}/a"),
        (f"{HOST}/world/../sport/./final", f"{HOST}/sport/final"),
        (f"{HOST}/%7Eana/caf%c3%a9", f"{HOST}/~ana/caf%C3%A9"),
        (f"{HOST}/café", f"{HOST}/caf%C3%A9"),
        (f"{HOST}/2026/ferry/amp/", f"{HOST}/2026/ferry"),
        (f"{HOST}/2026/06/ferry.amp.html", f"{HOST}/2026/06/ferry.html"),
        (f"{HOST}/amp", f"{HOST}/amp"),
        (f"{HOST}/amp/2026/ferry", f"{HOST}/2026/ferry"),
        (f"{HOST}/2026/ferry?amp", f"{HOST}/2026/ferry"),
        (f"{HOST}/2026/ferry?outputType=amp&id=3", f"{HOST}/2026/ferry?id=3"),
        (f"{HOST}/2026/ferry?output=amp&amp;amp_js_v=0.1", f"{HOST}/2026/ferry"),
        (f"{HOST}/camp/amp-up", f"{HOST}/camp/amp-up"),
        ("https://m.example.org/ferry", "https://example.org/ferry"),
        ("https://mobile.example.co.uk/ferry", "https://example.co.uk/ferry"),
        ("https://en.m.example.org/ferry", "https://en.example.org/ferry"),
        ("https://amp.news.example.org:8080/ferry", "https://news.example.org:8080/ferry"),
        ("https://m.example/ferry", "https://m.example/ferry"),
        ("https://m.co.uk/ferry", "https://m.co.uk/ferry"),
        (f"{HOST}/ferry?partner=rss&emc=rss", f"{HOST}/ferry"),
        (f"{HOST}/ferry?source=rss----7b6&page=2", f"{HOST}/ferry?page=2"),
        (f"{HOST}/search?q=rss", f"{HOST}/search?q=rss"),
        (f"{HOST}/ferry;jsessionid=1F3?PHPSESSID=9&b=2", f"{HOST}/ferry?b=2"),
        (f"{HOST}/ferry?WT.mc_id=a&elqTrackId=b&mtm_campaign=c", f"{HOST}/ferry"),
        ("https://www.google.com/amp/s/news.example.org/ferry", f"{HOST}/ferry"),
        ("https://bücher.example/neu", "https://xn--bcher-kva.example/neu"),
        (f"  {HOST}/a\n", f"{HOST}/a"),
        ("http://[2001:DB8::0:1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_one_page_has_one_url(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "news",
        "/ferry",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "http://exa mple.org/",
        "https://-\ud800/",
        "data:text/html,x",
        "http://" + "a" * 300 + ".example/",
    ],
)
def test_what_is_not_a_web_page_has_no_url(garbage: str) -> None:
    assert canonical_url(garbage) is None


def test_a_relative_url_is_resolved_against_its_page() -> None:
    assert canonical_url("../sport/final", f"{HOST}/world/ferry") == f"{HOST}/sport/final"
    assert canonical_url("//other.example.org/a", f"{HOST}/world") == "https://other.example.org/a"


@given(st.text() | st.from_regex(r"https?://[a-z.]{1,9}(:\d+)?(/[/a-z.%0-9]{0,12})?(\?[a-z_=&;%]{0,12})?(#.*)?"))
@example("http://a//amp/amp/b/amp/.amp/")
@example("http://a/%%2541")
@example("http://m.m.example.org/amp/amp/x/amp")
@example("http://amp.m.example.co.uk:81/a;jsessionid=1;jsessionid=2")
def test_canonical_urls_are_stable(url: str) -> None:
    once = canonical_url(url)
    assert once is None or canonical_url(once) == once


PIECES = st.sampled_from(
    ["m.", "amp.", "www.", "en.", "example.org", "example.co.uk", "/", "/amp", "/a", ".amp", ".html", "..", "?", "&",
     "x=1", "amp=1", "amp;", "utm_source=a", "output=amp", "ref=rss", "#b", ":443", ":81", "%7e", "%2f", "é", " ",
     ";jsessionid=4"]
)  # fmt: skip


@given(st.sampled_from(["http://", "https://", "HTTP://u@"]), st.lists(PIECES, max_size=10))
def test_canonical_urls_of_likely_pieces_are_stable(scheme: str, pieces: list[str]) -> None:
    once = canonical_url(scheme + "".join(pieces))
    if once is not None:
        assert canonical_url(once) == once
        assert "#" not in once
        assert "@" not in once


@given(
    st.from_regex(r"https?://((m|amp|www|en|a-b)\.){0,2}example\.(org|co\.uk)/[a-z0-9/_~-]{0,9}(/amp|\.amp|/m\.)?/?(\.html?)?",
                  fullmatch=True),
    st.sampled_from(["", "?", "?id=3", "?utm_source=a&id=3&&x", "?ref=rss", "?amp=1"]),
)  # fmt: skip
def test_a_fragment_makes_no_other_page(url: str, query: str) -> None:
    assert canonical_url(f"{url}{query}") == canonical_url(f"{url}{query}#top")


@pytest.mark.parametrize(
    ("place", "domain"),
    [
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("desk@mail.example.org", "example.org"),
        ("mailto:desk@mail.example.org", "example.org"),
        ("https://user@news.example.org:8080/", "example.org"),
        ("tribune.harbour.example", "harbour.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("localhost", "localhost"),
        ("", ""),
        ("http://[broken", ""),
    ],
)
def test_registrable_domain(place: str, domain: str) -> None:
    assert domain_of(place) == domain


def test_domains_are_known_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert domain_of("https://a.b.example.com.au/") == "example.com.au"


@given(st.text())
def test_any_text_has_a_domain_or_none(text: str) -> None:
    assert isinstance(domain_of(text), str)


def test_a_fragment_holds_a_short_sentence_whole_with_its_reserved_characters_escaped() -> None:
    url = text_fragment(f"{HOST}/a", "Well-known, cheap & blue: Zürich")
    assert url == f"{HOST}/a#:~:text=Well%2Dknown%2C%20cheap%20%26%20blue%3A%20Z%C3%BCrich"


def test_a_fragment_holds_the_first_and_last_words_of_a_long_sentence() -> None:
    words = [f"word{number}" for number in range(30)]
    directive = text_fragment(f"{HOST}/a", " ".join(words)).partition(":~:text=")[2]
    first, last = map(unquote, directive.split(","))
    assert first.split() == words[:5]
    assert last.split() == words[-5:]


def test_a_fragment_of_a_script_without_spaces_holds_the_first_and_last_characters() -> None:
    sentence = "港" * 30 + "口" * 30
    directive = text_fragment(f"{HOST}/a", sentence).partition(":~:text=")[2]
    first, last = map(unquote, directive.split(","))
    assert sentence.startswith(first)
    assert sentence.endswith(last)


def test_a_fragment_joins_an_anchor_that_the_url_has() -> None:
    assert text_fragment(f"{HOST}/a#live", "Rain") == f"{HOST}/a#live:~:text=Rain"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://bank.example.com@evil.example.org/", "https://evil.example.org/"),
        ("mailto:desk@example.org?subject=A b", "mailto:desk@example.org?subject=A%20b"),
        ("JavaScript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:nobody", None),
        ("", None),
    ],
)
def test_only_web_and_mail_links_are_safe(url: str, href: str | None) -> None:
    assert safe_href(url) == href


@given(st.text(st.characters()), st.sampled_from(["", "/", "@", "/:,.!?", "%/:@!$&'()*+,;=~?"]))
@example("Zürich \ud800 – 東京\n100%", "")
def test_percent_encoding_is_that_of_the_standard_library(text: str, kept: str) -> None:
    assert percent_encoded(text, kept) == quote(text, safe=kept, errors="replace")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("paper.example", "https://paper.example"),
        (" paper.example/feed?a=b:c ", "https://paper.example/feed?a=b:c"),
        ("paper.example:8080/feed", "https://paper.example:8080/feed"),
        ("http://paper.example/", "http://paper.example/"),
        ("feed://paper.example/rss", "http://paper.example/rss"),
        ("feed:https://paper.example/rss", "https://paper.example/rss"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("mailto:ana@paper.example", "mailto:ana@paper.example"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, asked: str) -> None:
    assert web_address(written) == asked
