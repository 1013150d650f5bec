"""Messages kept in memory: for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from digest.model import Outcome


def _taken(sender: str, recipient: str) -> Outcome:
    return Outcome("submitted", "kept in memory")


@dataclass(slots=True)
class Memory:
    """Keeps what it is given as (sender, recipient, message); `answer` decides what becomes of each."""

    answer: Callable[[str, str], Outcome] = _taken
    lanes: int = 1
    sent: list[tuple[str, str, bytes]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def __call__(self, message: bytes, sender: str, recipient: str) -> Outcome:
        outcome = self.answer(sender, recipient)
        if outcome.status == "submitted":
            self.sent.append((sender, recipient, message))
        return outcome
