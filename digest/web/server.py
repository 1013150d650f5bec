"""The server around the preview: the port it listens on, when it is ready, and how it stops."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

from digest.errors import ConfigError
from digest.web.app import create_app

if TYPE_CHECKING:
    from digest.web.live import Proof

_SECONDS_TO_CLOSE = 3


def serve(
    build: Callable[[bool], Proof],
    watched: Callable[[], Collection[Path]],
    host: str = "127.0.0.1",
    port: int = 8000,
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serves the preview until it is interrupted (Ctrl-C), and then returns.

    `build` and `watched` are as `create_app` says. Port 0 takes a free one; `on_ready` is told the URL to open as
    soon as it answers. Raises ConfigError when the host or the port cannot be had.
    """
    listener = listen(host, port)
    server = Server(create_app(build, watched, host=host), listener, lambda: on_ready(url_of(host, listener)))
    # The server ends in good order on an interrupt and then hands it on.
    with contextlib.suppress(KeyboardInterrupt):
        server.run()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises ConfigError, naming what to do, when there can be none."""
    if not 0 <= port <= 65535:
        raise ConfigError(f"port {port} does not exist: name one between 0 and 65535 with --port")
    name = host.strip("[]")
    try:
        family, *_, address = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family)
    except socket.gaierror as error:
        raise ConfigError(
            f"host {host!r} is not known ({error.strerror}): name an address of this machine with --host"
        ) from error
    except OSError as error:
        raise ConfigError(_refusal(host, port, error)) from error


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program: name another with --port, or --port 0 for any that is free"
    if error.errno == errno.EACCES:
        return f"port {port} is not open to this user: name one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"host {host!r} is not an address of this machine: name another one with --host"
    return f"cannot listen on {host}, port {port} ({error.strerror}): try another --port or --host"


def url_of(host: str, listener: socket.socket) -> str:
    """The URL under which this machine's browser reaches the listener."""
    name = host.strip("[]")
    if name in ("", "0.0.0.0", "::"):
        name = "localhost"
    port: int = listener.getsockname()[1]
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


class Server(uvicorn.Server):
    """uvicorn on a socket that already listens, which says when it answers and lets its listeners go when it stops."""

    def __init__(self, app: Starlette, listener: socket.socket, on_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                lifespan="on",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
            )
        )
        self._listener = listener
        self._on_ready = on_ready
        self._live = app.state.live

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        super().run(sockets or [self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A browser that waits for changes would otherwise hold the server open until the time is up.
        self._live.close()
        await super().shutdown(sockets)
