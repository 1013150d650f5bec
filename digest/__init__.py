"""Turns a morning's articles into one email an editor would sign."""

__version__ = "0.1.0"
