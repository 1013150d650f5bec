"""What a publisher changed of what an issue printed, and what it says of that itself."""

from digest.stages.corrections.by_hand import correct_by_hand
from digest.stages.corrections.comparing import Change, Comparison, compare
from digest.stages.corrections.headlines import Headline
from digest.stages.corrections.notes import TELLING_WORDS, begins_note, correction_notes, may_note, noted_places
from digest.stages.corrections.wording import Kind, difference, words_of

__all__ = [
    "TELLING_WORDS",
    "begins_note",
    "Change",
    "Comparison",
    "Headline",
    "Kind",
    "compare",
    "correct_by_hand",
    "correction_notes",
    "difference",
    "may_note",
    "noted_places",
    "words_of",
]
