"""What `digest why` says, as data for another program."""

from __future__ import annotations

from typing import Any

from digest.model import Article, Drop, Placement, Score
from digest.pipeline.explaining import Answer, Explanation, Neighbour, Weighed


def plain(question: str, answer: Answer) -> dict[str, Any]:
    """The answer, or null and what is nearest to the question."""
    others = [{"place": each.place or None, "headline": each.headline} for each in answer.others]
    if answer.explanation is None:
        return {"question": question, "answer": None, "nearest": others}
    return {"question": question, "answer": _explanation(answer.explanation), "others": others}


def _explanation(said: Explanation) -> dict[str, Any]:
    return {
        "headline": said.headline,
        "issue": said.issue,
        "date": said.date.isoformat(),
        "place": said.place or None,
        "stories": said.stories,
        "rank": said.rank or None,
        "ranked": said.ranked,
        "section": _section(said.section, said.placement) if said.placement else None,
        "score": _score(said.score) if said.score else None,
        "above": _neighbour(said.above),
        "below": _neighbour(said.below),
        "articles": [_article(each.article) | {"why": each.why or None} for each in said.tellers],
        "copies": [{"headline": each.subject} | _drop(each) for each in said.copies],
        "nearly": [
            _article(each.article) | {"place": each.place or None, "excess": each.excess, "evidence": each.evidence}
            for each in said.nearly
        ],
        "summary": said.summary or None,
        "sentences": list(map(_sentence, said.sentences)),
        "drops": list(map(_drop, said.drops)),
    }


def _section(title: str, placement: Placement) -> dict[str, Any]:
    return {
        "slug": placement.slug,
        "title": title,
        "reason": placement.reason,
        "confidence": placement.confidence,
    }


def _score(score: Score) -> dict[str, Any]:
    reasons = [
        {"signal": each.signal, "weight": each.weight, "value": each.value, "words": each.words}
        for each in score.reasons
    ]
    return {"value": score.value, "reasons": reasons}


def _neighbour(other: Neighbour | None) -> dict[str, Any] | None:
    return {"headline": other.headline, "value": other.value} if other else None


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "headline": article.headline,
        "publisher": article.publisher,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "kind": article.kind,
    }


def _sentence(each: Weighed) -> dict[str, Any]:
    return {
        "article": each.sentence.article,
        "revision": each.sentence.revision,
        "field": each.sentence.field,
        "start": each.sentence.start,
        "text": each.sentence.text,
        "chosen": each.chosen,
        "score": each.score,
        "broken": list(each.broken),
        "beat": each.beat or None,
    }


def _drop(drop: Drop) -> dict[str, Any]:
    return {"stage": drop.stage, "reason": drop.reason, "detail": drop.detail}
