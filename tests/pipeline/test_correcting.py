"""What an issue printed and the publisher changed: found in the archive, carried once, never lost, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import Settings, SourceSettings, SummaryOverride
from digest.errors import ArchiveError, NothingToPublishError
from digest.model import Article, Block, Correction, Document, Drop, Issue, Look
from digest.pipeline import changed_since, corrected, draft_issue, due_corrections, publish

MORNING = datetime(2026, 11, 20, 7, tzinfo=UTC)
DAY = timedelta(days=1)
LOOK = Look()
NAME = "Daily Digest"
DAM = "It holds 40 million litres today, which was enough for 12,000 households in the dry summer of 2019."
MENDED = DAM.replace("million", "billion")
BOARD = "The dam at Dray will be raised by two metres before next winter, the water board decided on Thursday."
MEADOWS = "Farmers in the lower valley fear for their meadows, of which 30 hectares would be flooded in a wet spring."
TUNNEL = "“We were promised a tunnel, not a higher wall,” said Ada Fennel, who keeps sheep below the old mill."
FILLER = (
    "A {beast} has lived in the cellar of Tolby town hall since September, the caretaker said in the morning.",
    "The {beast} comes in through a coal chute that nobody has used since 1961, and sleeps on the council's minutes.",
)


@dataclass(slots=True)
class Quay:
    """A source whose pages a test rewrites."""

    complete = True
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        for name, paragraphs in self.pages.items():
            body = "\n\n".join(paragraphs)
            title = self.titles.get(name, f"About the {name} of Tolby")
            head = f"---\ntitle: {title}\nurl: https://quay.example/{name}\npublisher: The Quay\n---\n"
            yield Document("quay", f"{name}.md", (head + body).encode(), "text/markdown", retrieved=now)


@dataclass(slots=True)
class Newsroom:
    """An archive, one source, and a morning after the other."""

    archive: Archive
    quay: Quay = field(default_factory=Quay)
    now: datetime = MORNING
    settings: Settings = field(default_factory=Settings)

    def draft(self) -> Issue:
        sources = ((SourceSettings(name="quay", use="folder"), self.quay),)
        return draft_issue(self.settings, sources, self.archive, self.now)[0]

    def morning(self, beast: str = "") -> Issue:
        """Publish the day's issue, with something new in it, and go on to the next day."""
        if beast:
            self.quay.pages[beast] = tuple(line.format(beast=beast) for line in FILLER)
        issue = publish(self.draft(), LOOK, self.archive, self.now).issue
        self.now += DAY
        return issue

    def due(self) -> list[tuple[int, str, str]]:
        return [(each.issue, each.was, each.now) for each in due_corrections(self.archive, self.settings, self.now)]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with open_archive("sqlite://") as archive:
        room = Newsroom(archive)
        room.quay.pages["dam"] = (BOARD, DAM, MEADOWS, TUNNEL)
        first = room.morning()
        assert first.lead is not None
        assert DAM in [sentence.text for sentence in first.lead.summary.sentences]
        yield room


def told(issue: Issue) -> list[tuple[int, str, str]]:
    return [(each.issue, each.was, each.now) for each in issue.corrections]


def test_a_changed_sentence_is_carried_by_the_next_issue_once(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    second = newsroom.morning("fox")
    assert told(second) == [(1, DAM, MENDED)]
    (correction,) = second.corrections
    assert (correction.publisher, correction.url) == ("The Quay", "https://quay.example/dam")
    assert correction.noted == MORNING + DAY
    third = newsroom.morning("owl")
    assert told(third) == []
    (kept,) = newsroom.archive.corrections(NAME)
    assert (kept.carried, kept.correction) == (2, correction)


def test_an_article_that_stays_is_no_correction(newsroom: Newsroom) -> None:
    assert told(newsroom.morning("fox")) == []


def test_a_change_of_style_and_a_story_told_anew_are_no_corrections(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, DAM.replace("which was", "and which was"), MEADOWS, TUNNEL.replace("“", '"'))
    assert told(newsroom.morning("fox")) == []
    newsroom.quay.pages["dam"] = ("The wall at Dray broke in the night.", "Nobody was hurt.", "Sheep swam.", BOARD)
    assert told(newsroom.morning("owl")) == []


def test_a_publisher_s_note_is_carried_once_whatever_else_changes(newsroom: Newsroom) -> None:
    note = "Correction: An earlier version of this article named the wrong mill."
    newsroom.quay.pages["dam"] = (BOARD, DAM, MEADOWS, TUNNEL, note)
    (correction,) = newsroom.morning("fox").corrections
    assert (correction.was, correction.now, correction.origin, correction.note) == ("", "", "note", note)
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL, note)
    (correction,) = newsroom.morning("owl").corrections
    assert (correction.was, correction.now, correction.note) == (DAM, MENDED, "")


def test_an_article_that_its_publisher_takes_back_is_no_story_told_anew(newsroom: Newsroom) -> None:
    note = "The Quay has retracted this article. The water board never met on Thursday. We apologise to its readers."
    newsroom.quay.pages["dam"] = (note,)
    corrections = newsroom.morning("fox").corrections
    assert corrections
    assert {(each.issue, each.now) for each in corrections} == {(1, "")}
    assert BOARD in {each.was for each in corrections}
    assert [each.note for each in corrections if each.note] == [note]
    first = newsroom.archive.issue(1)[0]
    printed = [each.text for each in first.stories[0].summary.sentences]
    assert [each.was for each in corrected(first, newsroom.archive).corrected if each.was in printed] == printed


def test_a_corrected_sentence_is_watched_as_it_was_corrected(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    newsroom.morning("fox")
    newsroom.quay.pages["dam"] = (BOARD, MENDED.replace("12,000", "14,000"), MEADOWS, TUNNEL)
    assert told(newsroom.morning("owl")) == [(2, MENDED, MENDED.replace("12,000", "14,000"))]
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    assert told(newsroom.morning("elk")) == [(3, MENDED.replace("12,000", "14,000"), MENDED)]
    assert told(newsroom.morning("bat")) == []


def test_what_is_put_back_as_it_was_printed_is_told_too(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    newsroom.morning("fox")
    newsroom.quay.pages["dam"] = (BOARD, DAM, MEADOWS, TUNNEL)
    assert told(newsroom.morning("owl")) == [(2, MENDED, DAM)]
    assert told(newsroom.morning("elk")) == []


def test_a_better_reader_is_not_taken_for_the_publisher(newsroom: Newsroom) -> None:
    # The archive holds another wording than is read today in the one document there is.
    (article,) = newsroom.archive.named("https://quay.example/dam")
    worse = replace(article, revision="0" * 16, blocks=(*article.blocks[:1], Block("paragraph", MENDED)))
    newsroom.archive.store([worse], (), newsroom.now)
    assert newsroom.archive.outdated(NAME, MORNING - DAY, newsroom.now.date(), MORNING)
    assert newsroom.due() == []


def test_without_the_old_document_nothing_is_said(newsroom: Newsroom) -> None:
    newsroom.archive.discard_documents(newsroom.now)
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    assert told(newsroom.morning("fox")) == []


def test_a_correction_is_not_lost_when_publishing_fails_or_there_is_no_news(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    with pytest.raises(NothingToPublishError):
        newsroom.draft()
    newsroom.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
    draft = newsroom.draft()

    def fail(number: int) -> tuple[Issue, tuple[()]]:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        newsroom.archive.publish(NAME, draft.date, fail, newsroom.now)
    assert newsroom.archive.corrections(NAME) == ()
    assert told(newsroom.morning()) == [(1, DAM, MENDED)]


def test_a_draft_made_before_another_issue_carried_its_correction_is_refused(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    newsroom.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
    stale = newsroom.draft()
    newsroom.morning()
    late = replace(stale, date=newsroom.now.date())
    with pytest.raises(ArchiveError, match="carried by issue 2 since this draft was made"):
        publish(late, LOOK, newsroom.archive, newsroom.now)
    assert [row.number for row in newsroom.archive.issues(NAME)] == [1, 2]


def test_what_is_dismissed_no_issue_carries(newsroom: Newsroom) -> None:
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    newsroom.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
    (found,) = newsroom.draft().corrections
    newsroom.archive.note_correction(NAME, found, dismissed=True)
    assert newsroom.due() == []
    newsroom.archive.note_correction(NAME, found, dismissed=False)
    assert newsroom.due() == [(1, DAM, MENDED)]


def test_one_made_by_hand_waits_for_the_next_issue_and_speaks_for_the_change(newsroom: Newsroom) -> None:
    issue, _ = newsroom.archive.issue(1)
    assert issue.lead is not None
    by_hand = Correction(
        "40 million", "40 billion", MORNING, 1, article=issue.lead.id, story=issue.lead.id, origin="editor"
    )
    newsroom.archive.note_correction(NAME, by_hand)
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    assert newsroom.due() == [(1, "40 million", "40 billion")]
    assert told(newsroom.morning("fox")) == [(1, "40 million", "40 billion")]
    assert told(newsroom.morning("owl")) == []


def test_a_sentence_printed_twice_is_corrected_once_for_the_last_issue(newsroom: Newsroom) -> None:
    issue, renditions = newsroom.archive.issue(1)

    def again(number: int) -> tuple[Issue, tuple[()]]:
        return replace(issue, number=number, date=newsroom.now.date(), made=newsroom.now), ()

    newsroom.archive.publish(NAME, newsroom.now.date(), again, newsroom.now)
    newsroom.now += DAY
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    assert told(newsroom.morning("fox")) == [(2, DAM, MENDED)]
    assert renditions


def test_a_teaser_in_the_place_of_the_text_is_no_correction(newsroom: Newsroom) -> None:
    (article,) = newsroom.archive.named("https://quay.example/dam")
    newsroom.quay.pages["dam"] = (BOARD[:60] + "…",)
    assert isinstance(article, Article)
    assert told(newsroom.morning("fox")) == []


TITLE, OTHER_TOWN, OTHERWISE = "About the dam of Tolby", "About the dam of Dray", "Farmers in the valley fear a flood"


def doubtful(newsroom: Newsroom) -> list[tuple[int, str, str]]:
    found = changed_since(newsroom.archive, newsroom.settings, newsroom.now).doubtful
    return [(each.issue, each.was, each.now) for each in found]


def test_a_headline_whose_name_was_exchanged_is_carried_by_the_next_issue_once(newsroom: Newsroom) -> None:
    newsroom.quay.titles["dam"] = OTHER_TOWN
    (correction,) = newsroom.morning("fox").corrections
    assert (correction.issue, correction.was, correction.now) == (1, TITLE, OTHER_TOWN)
    assert (correction.origin, correction.headline) == ("headline", TITLE)
    assert told(newsroom.morning("owl")) == []
    newsroom.quay.titles["dam"] = TITLE
    assert told(newsroom.morning("elk")) == [(2, OTHER_TOWN, TITLE)]
    assert told(newsroom.morning("bat")) == []


def test_a_headline_in_other_words_waits_for_a_person_s_word(newsroom: Newsroom) -> None:
    newsroom.quay.titles["dam"] = OTHERWISE
    newsroom.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
    assert told(newsroom.draft()) == []
    assert doubtful(newsroom) == [(1, TITLE, OTHERWISE)]
    (found,) = changed_since(newsroom.archive, newsroom.settings, newsroom.now).doubtful
    newsroom.archive.note_correction(NAME, found, dismissed=True)
    assert (told(newsroom.draft()), doubtful(newsroom)) == ([], [])
    newsroom.archive.note_correction(NAME, found, dismissed=False)
    assert doubtful(newsroom) == []
    assert told(newsroom.morning()) == [(1, TITLE, OTHERWISE)]
    assert told(newsroom.morning("owl")) == []


def test_a_headline_and_a_sentence_that_are_both_mended_are_both_told(newsroom: Newsroom) -> None:
    newsroom.quay.titles["dam"] = OTHER_TOWN
    newsroom.quay.pages["dam"] = (BOARD, MENDED, MEADOWS, TUNNEL)
    assert told(newsroom.morning("fox")) == [(1, DAM, MENDED), (1, TITLE, OTHER_TOWN)]


def test_what_the_publisher_only_sets_otherwise_or_brings_up_to_date_is_nothing(newsroom: Newsroom) -> None:
    newsroom.quay.titles["dam"] = "ABOUT THE DAM OF TOLBY"
    newsroom.morning("fox")
    newsroom.quay.titles["dam"] = OTHER_TOWN
    newsroom.quay.pages["dam"] = (BOARD, DAM, MEADOWS, TUNNEL, "Divers will look at the wall of Dray on Sunday.")
    assert (newsroom.due(), doubtful(newsroom)) == ([], [])


def test_a_headline_that_the_editor_wrote_is_not_the_publisher_s_to_mend(newsroom: Newsroom) -> None:
    newsroom.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
    draft = newsroom.draft()
    sections = tuple(
        replace(section, stories=tuple(replace(story, own_headline="A fox in the cellar") for story in section.stories))
        for section in draft.sections
    )
    publish(replace(draft, sections=sections), LOOK, newsroom.archive, newsroom.now)
    newsroom.now += DAY
    newsroom.quay.titles["fox"] = "About the fox of Dray"
    assert (newsroom.due(), doubtful(newsroom)) == ([], [])


def test_a_story_of_a_headline_alone_is_watched_too() -> None:
    settings = Settings(source=(SourceSettings(name="quay", use="folder", summary=SummaryOverride(algorithm="none")),))
    with open_archive("sqlite://") as archive:
        room = Newsroom(archive, settings=settings)
        room.quay.pages["dam"] = (BOARD, DAM, MEADOWS, TUNNEL)
        first = room.morning()
        assert first.lead is not None
        assert first.lead.summary.sentences == ()
        room.quay.titles["dam"] = OTHER_TOWN
        room.quay.pages["fox"] = tuple(line.format(beast="fox") for line in FILLER)
        room.draft()
        assert room.due() == [(1, TITLE, OTHER_TOWN)]
