"""The visible text of a news page, one line a block, pasted or saved as plain text."""

from digest.formats.page_text.reading import FORMAT, read

__all__ = ["FORMAT", "read"]
