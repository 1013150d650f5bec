"""Which language a text is written in."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify_language(text: str, default: str = "und") -> str:
    """The ISO 639-1 code of the language of a text, or `default` where it cannot be told."""
    if sum(map(str.isalpha, text)) < 12:
        return default
    code, confidence = _identifier().classify(text[:4000])
    return str(code) if confidence > 0.5 else default
