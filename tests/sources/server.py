"""A web server on loopback that answers as a test tells it, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self

Route = Callable[[BaseHTTPRequestHandler], None]
HOST = "127.0.0.1"
HERE = frozenset({HOST})
"""What a source must allow to reach the server."""


def reply(
    body: bytes | str = b"", status: int = 200, media_type: str = "text/html; charset=utf-8", **headers: str
) -> Route:
    """A route that always answers so; `Retry_After="1"` is the header Retry-After."""
    data = body.encode() if isinstance(body, str) else body
    return answers((data, status, {"Content-Type": media_type, **headers}))


def answers(*given: tuple[bytes, int, Mapping[str, str]]) -> Route:
    """A route that gives these answers in turn, and the last one from then on."""
    left = list(given)

    def route(handler: BaseHTTPRequestHandler) -> None:
        body, status, headers = left.pop(0) if len(left) > 1 else left[0]
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return route


def redirect(to: str, status: int = 302) -> Route:
    return reply(status=status, Location=to)


def feed(*items: str, etag: str = "", last_modified: str = "") -> Route:
    """A route for a feed with these items that answers 304 to whoever has it."""
    body = f'<rss version="2.0"><channel><title>Harbour Gazette</title>{"".join(items)}</channel></rss>'.encode()

    def route(handler: BaseHTTPRequestHandler) -> None:
        has = (etag and handler.headers["If-None-Match"] == etag) or (
            last_modified and handler.headers["If-Modified-Since"] == last_modified
        )
        validators = {name: value for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if value}
        reply(b"" if has else body, 304 if has else 200, "application/rss+xml", **validators)(handler)

    return route


class Server:
    """`routes` gives each path its answer; `asked` lists the paths that were asked, with the request's headers."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, Message]] = []
        self.closing = Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers))
                route = outer.routes.get(self.path, reply(b"not here", 404))
                try:
                    route(self)
                except OSError:  # the client has had enough, as it should
                    self.close_connection = True

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
                pass

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{HOST}:{self._server.server_port}"
        self.port = self._server.server_port

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def hang(self, handler: BaseHTTPRequestHandler) -> None:
        """A route that says nothing until the test is over."""
        self.closing.wait()
        handler.close_connection = True

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
