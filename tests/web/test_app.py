"""What each address of the preview shows, under which rules, and what it shows when there is no issue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from threading import Event

import pytest

from digest.errors import DigestError
from digest.model import Drop, Finding
from digest.web import Proof
from tests.web.desk import Newsroom, Served, served_by, serving

HOSTILE = """</pre></iframe><script>document.title = "taken"</script><img src=x onerror="alert(1)">"""


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview, with something to say of its issue, for the tests that only look."""
    newsroom = Newsroom(
        tmp_path_factory.mktemp("newsroom"),
        drops=(
            Drop("duplicates", "Ferry crews vote to keep night boat", "duplicate", "as told by the Harbour Gazette"),
            Drop("read", HOSTILE, "unreadable", HOSTILE),
        ),
        findings=(
            Finding("size", "notice", "issue.html", "Two stories are headlines only."),
            Finding("links", "error", "story 1", "The link leads nowhere.", "Correct the article's url."),
            Finding("hostile", "warning", HOSTILE, HOSTILE, HOSTILE),
        ),
    )
    with serving(newsroom) as served:
        yield served


def test_the_page_shows_the_issue_in_every_form(looked_at: Served) -> None:
    page = looked_at.ask("/").text
    assert page.count("<iframe") == 3
    assert 'title="Email at desktop width"' in page
    assert 'title="Email at phone width"' in page
    assert "Ferry crews vote to keep the night boat\n\nRead at Quayside\n</pre>" in page
    assert "What the harbour talks about this morning" in page
    assert "Sunday, 22 November 2026" in page
    assert "1 story in 1 section" in page


def test_the_page_says_what_was_left_out_and_why(looked_at: Served) -> None:
    page = looked_at.ask("/").text
    for words in ("Ferry crews vote to keep night boat", "Duplicate", "as told by the Harbour Gazette", "Unreadable"):
        assert words in page


def test_the_page_says_what_the_checks_found_and_the_worst_first(looked_at: Served) -> None:
    page = looked_at.ask("/").text
    assert "Correct the article&#39;s url." in page
    assert page.index('"finding error"') < page.index('"finding warning"') < page.index('"finding notice"')


def test_the_page_says_how_big_each_file_is(looked_at: Served) -> None:
    page = looked_at.ask("/").text
    for name in ("issue.html", "issue.txt", "web.html", "issue.json", "issue.eml"):
        assert f'<a href="/{name}"' in page
    assert re.search(r"\d\.\d kB", page)
    assert "Gmail shows this email whole" in page


def test_hostile_words_are_shown_as_words(looked_at: Served) -> None:
    page = looked_at.ask("/").text
    assert page.count("&lt;/pre&gt;&lt;/iframe&gt;&lt;script&gt;") == 5
    assert page.count("<script") == 1
    assert "<img" not in page


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("issue.html", "text/html; charset=utf-8"),
        ("issue.txt", "text/plain; charset=utf-8"),
        ("web.html", "text/html; charset=utf-8"),
        ("issue.json", "application/json"),
        ("issue.eml", "message/rfc822"),
    ],
)
def test_each_file_is_served_as_what_it_is(looked_at: Served, name: str, media_type: str) -> None:
    answer = looked_at.ask(f"/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "(max-width: 0)"), ("dark", "(min-width: 0)")])
def test_a_frame_shows_the_edition_in_its_scheme(looked_at: Served, scheme: str, ground: str) -> None:
    assert f"@media {ground} {{ body {{ background: #16181c }} }}" in looked_at.ask(f"/frame/{scheme}/issue.html").text


@pytest.mark.parametrize(
    "path", ["/nothing", "/frame/pink/issue.html", "/frame/dark/issue.eml", "/frame/dark/x", "/static/x"]
)
def test_what_is_not_there_is_not_found(looked_at: Served, path: str) -> None:
    assert looked_at.ask(path).status == 404


ADDRESSES = ["/", "/last", "/issue.html", "/issue.eml", "/frame/dark/issue.html", "/static/app.js", "/nothing"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_is_guarded(looked_at: Served, path: str) -> None:
    headers = looked_at.ask(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "base-uri 'none'" in policy
    assert not re.search(r"script-src (?!'self')|https?:|\*", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/issue.html", "/issue.txt", "/web.html", "/frame/dark/issue.html", "/frame/light/web.html"]
)
def test_an_edition_may_run_nothing_and_load_nothing(looked_at: Served, path: str) -> None:
    policy = looked_at.ask(path).headers["content-security-policy"]
    assert "script-src" not in policy
    assert "img-src data:;" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy


def test_the_page_itself_may_not_be_framed(looked_at: Served) -> None:
    assert "frame-ancestors 'none'" in looked_at.ask("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "host", ["newsroom.example", "newsroom.example:8000", "127.0.0.1.newsroom.example", "localhost.", "[", ""]
)
@pytest.mark.parametrize("path", ["/", "/issue.html", "/events", "/static/app.js"])
def test_a_page_elsewhere_cannot_ask_under_its_own_name(looked_at: Served, host: str, path: str) -> None:
    answer = looked_at.ask(path, Host=host)
    assert answer.status == 400
    assert "Ferry" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_may_ask_under_any_of_its_names(looked_at: Served, host: str) -> None:
    assert looked_at.ask("/", Host=host).status == 200


def test_a_server_that_others_reach_may_be_asked_under_any_name(newsroom: Newsroom) -> None:
    with serving(newsroom, host="0.0.0.0") as served:
        assert served.ask("/", Host="newsroom.example").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/issue.html", "/events", "/static/app.js"])
def test_nothing_can_be_sent_to_it(looked_at: Served, method: str, path: str) -> None:
    assert looked_at.ask(path, method=method).status == 405


def test_a_file_name_that_is_no_text_is_shown_as_well_as_it_can_be(newsroom: Newsroom) -> None:
    newsroom.drops = (Drop("read", "se\udcefbote.md", "unreadable"),)
    with serving(newsroom) as served:
        assert "se?bote.md" in served.ask("/").text


def test_a_fault_of_the_page_itself_is_answered_and_guarded_too(newsroom: Newsroom) -> None:
    newsroom.findings = (Finding("links", "fatal", "story 1", "no such severity"),)  # type: ignore[arg-type]
    with serving(newsroom) as served:
        answer = served.ask("/")
        assert (answer.status, answer.text) == (500, "The preview failed; its terminal says how.\n")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert served.ask("/issue.txt").status == 200


@pytest.mark.parametrize("show", ["no-pictures", "no-styles"])
def test_the_frames_show_the_edition_as_the_mail_program_asked_for(looked_at: Served, show: str) -> None:
    page = looked_at.ask(f"/?show={show}").text
    assert page.count(f"/issue.html?show={show}&amp;") == 2
    assert ("<style>" in looked_at.ask(f"/frame/light/issue.html?show={show}").text) == (show != "no-styles")


def test_the_source_of_each_edition_is_shown_as_text(looked_at: Served) -> None:
    answer = looked_at.ask("/source/issue.html")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_headers_of_the_message_are_shown(looked_at: Served) -> None:
    assert '<th scope="row">Subject</th><td dir="auto">The Quayside Letter</td>' in looked_at.ask("/").text


def test_the_web_is_asked_again_only_by_who_was_shown_the_page(newsroom: Newsroom) -> None:
    newsroom.collected = datetime(2026, 11, 22, 6, tzinfo=UTC)
    with serving(newsroom) as served, served.events() as following:
        following()
        (path,) = re.findall(r'action="(/collect/[^"]+)"', served.ask("/").text)
        assert served.ask("/collect/guessed", method="POST").status in (404, 405)
        assert served.ask(path).status == 405
        assert newsroom.asked == 0
        assert served.ask(path, method="POST").status == 303
        following()
        assert newsroom.asked == 1


def test_without_a_source_on_the_web_there_is_nothing_to_collect(looked_at: Served) -> None:
    assert "/collect/" not in looked_at.ask("/").text


def test_the_email_is_shown_first_and_its_frames_stay_as_the_rest_comes_in(newsroom: Newsroom) -> None:
    gates = {"editions": Event(), "checks": Event()}
    found = Finding("links", "error", "story 1", "The link leads nowhere.")

    def build(asked: bool) -> Proof:
        whole = newsroom.build(asked)

        def editions() -> Proof:
            gates["editions"].wait()
            return replace(whole, more=checks)

        def checks() -> Proof:
            gates["checks"].wait()
            return replace(whole, draft=replace(whole.draft, findings=(found,)))

        email = replace(whole.draft, renditions=whole.draft.renditions[:1])
        return replace(whole, draft=email, more=editions)

    def open_all() -> None:
        for gate in gates.values():
            gate.set()

    with served_by(build, newsroom.watched, before_stop=open_all) as served, served.events() as following:
        assert following()[0] == "current"
        first = served.ask("/").text
        assert "The plain text is under way" in first
        assert "Ferry crews" in served.ask("/frame/light/issue.html").text

        gates["editions"].set()
        assert "Read at Quayside" in served.ask("/issue.txt").text
        assert following()[0] == "more"
        second = served.ask("/").text
        assert "Read at Quayside\n</pre>" in second
        assert "The checks are under way" in second

        gates["checks"].set()
        assert following()[0] == "more"
        third = served.ask("/").text
        assert "The link leads nowhere." in third
        frames = [re.findall(r'src="(/frame/[^"]+)"', page) for page in (first, second, third)]
        assert frames[0] == frames[1] == frames[2]


def test_a_browser_that_wants_it_is_sent_the_new_page_with_its_email(newsroom: Newsroom, served: Served) -> None:
    view = "devices=phone&scheme=dark&show=no-pictures"
    with served.events(f"/events?page&{view}") as following:
        assert following()[0] == "current"
        newsroom.write("Council counts gulls")
        name, data = following()
        sent = json.loads(data)
        event, version = following()
        assert (name, event, sent["version"]) == ("page", "change", version)
        assert sent["page"] == served.ask(f"/?{view}").text
        ((address, email),) = sent["frames"].items()
        assert f'src="{escape(address)}"' in sent["page"]
        assert email == served.ask(address).text
        assert "Council counts gulls" in email

        newsroom.write("! digest.toml: nothing to read")
        assert "nothing to read" in json.loads(following()[1])["page"]


def test_an_edition_that_cannot_be_made_after_the_email_fails_the_build(newsroom: Newsroom) -> None:
    def build(asked: bool) -> Proof:
        whole = newsroom.build(asked)

        def editions() -> Proof:
            if "gulls" in whole.draft.issue.subject:
                raise DigestError("issue.txt.j2, line 3: issue has no 'headlne'")
            return whole

        return replace(whole, draft=replace(whole.draft, renditions=whole.draft.renditions[:1]), more=editions)

    with served_by(build, newsroom.watched) as served, served.events() as following:
        while "Ferry crews" not in served.ask("/issue.txt").text:
            following()
        newsroom.write("Council counts gulls")
        while "issue.txt.j2, line 3" not in served.ask("/").text:
            following()
        assert "Ferry crews" in served.ask("/last").text
        assert "Ferry crews" in served.ask("/issue.html").text
        newsroom.write("Kite regatta drawn in fog")
        while "Kite regatta" not in served.ask("/issue.txt").text:
            following()
        assert "issue.txt.j2" not in served.ask("/").text


def test_an_error_stands_in_place_of_the_issue_until_a_change_mends_it(newsroom: Newsroom, served: Served) -> None:
    with served.events() as following:
        following()
        newsroom.write("! digest.toml, [newsletter] nmae: there is no such key; did you mean <name>?")
        following()
        page = served.ask("/").text
        assert "The issue could not be built" in page
        assert "did you mean &lt;name&gt;?" in page
        assert "<iframe" not in page

        assert "Ferry crews" in served.ask("/last").text
        assert "This is the last issue that could be built" in served.ask("/last").text
        assert "Ferry crews" in served.ask("/issue.html").text

        newsroom.write("A storm bell rings by itself")
        following()
        assert "could not be built" not in served.ask("/").text
        assert "A storm bell" in served.ask("/").text


def test_an_error_from_the_start_is_shown_too(newsroom: Newsroom) -> None:
    newsroom.write("! nothing to read in in/: put articles there")
    with serving(newsroom) as served:
        assert "nothing to read in in/" in served.ask("/").text
        assert "/last" not in served.ask("/").text
        assert "<iframe" not in served.ask("/last").text
        raw = served.ask("/issue.html")
        assert (raw.status, raw.text) == (503, "nothing to read in in/: put articles there\n")


def test_a_fault_of_the_program_does_not_end_it(newsroom: Newsroom, served: Served) -> None:
    with served.events() as following:
        following()
        newsroom.write("")
        following()
        assert "ValueError: nobody expected an empty page" in served.ask("/").text
        newsroom.write("Kite regatta drawn in fog")
        following()
        assert "Kite regatta" in served.ask("/").text
