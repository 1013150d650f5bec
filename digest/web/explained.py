"""The page of one story's reasons: why here, why this high, with what, and which sentences over which."""

from __future__ import annotations

from digest.model import Issue
from digest.pipeline.explaining import Answer
from digest.web.environment import environment
from digest.web.passages import numbered, passages


def why_page(version: str, question: str, answer: Answer, issue: Issue) -> str:
    """The page for what was answered to a question; without an explanation it names what is nearest."""
    said = answer.explanation
    chosen = numbered(said.sentences) if said else ()
    tellers = [each.article for each in said.tellers] if said else []
    quoted = {each.sentence.article for each in chosen}
    stories = issue.stories
    place = said.place if said else 0
    return (
        environment()
        .get_template("why.html.j2")
        .render(
            version=version,
            question=question,
            answer=answer,
            said=said,
            chosen=chosen,
            # The lead in full, and others where the summary quotes them.
            articles=[
                (article, passages(article, said.sentences))
                for article in tellers
                if said and (article is tellers[0] or article.id in quoted)
            ],
            before=stories[place - 2] if place > 1 else None,
            after=stories[place] if 0 < place < len(stories) else None,
            issue=issue,
        )
    )
