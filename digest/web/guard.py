"""What holds for every answer: nothing is loaded from elsewhere, nothing is stored, nobody else's page may ask."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the preview's own pages: their own script, style and frames, nothing in line, nothing from another host."""

_EDITION = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
RAW_POLICY = f"{_EDITION}; frame-ancestors 'none'"
"""For an edition on its own: its own styles, no script, no form, no origin. Links may open."""
FRAME_POLICY = f"{_EDITION} allow-same-origin; frame-ancestors 'self'"
"""For an edition in a frame. It runs no script either, but keeps its origin so that the page around can scroll it."""

HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Turns away requests under a foreign host name and puts the headers on every answer that does not set its own.

    A page on the web can have its own name point here (DNS rebinding) and would then read the preview as
    if it were its own; the name it asks under gives it away. `hosts` are the names that may be asked
    under, without port, or None for any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self.hosts is None or _host_of(Headers(scope=scope).get("host", "")) in self.hosts:
            await self.app(scope, receive, guarded)
        else:
            refusal = PlainTextResponse("This preview does not answer to that host name.\n", status_code=400)
            await refusal(scope, receive, guarded)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on `host`; no name is looked up."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def names_of(host: str) -> Collection[str] | None:
    """The names under which a server on `host` may be asked: this machine's own, or any for one that others reach."""
    return {"localhost", "127.0.0.1", "::1", host.strip("[]").lower()} if is_loopback(host) else None


def _host_of(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
