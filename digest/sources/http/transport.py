"""Connections: a name is resolved, every address it has is checked, and what was checked is connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from digest.sources.http.addresses import Address, refusal

INSIDE = "digest.inside"
"""The extension of a request whose host the source allows on a private network."""

_KEPT = 5
"""Seconds a connection is kept for the next request to its host."""

Resolve = Callable[[str, int], Awaitable[tuple[Address, ...]]]


class RefusedError(Exception):
    """A host that stands where no source may reach."""


async def resolve(host: str, port: int) -> tuple[Address, ...]:
    """Every address that a host name has, in the system's order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(str(place[0])) for *_, place in found))


class Guard(httpcore.AsyncNetworkBackend):
    """Opens connections by name, where every address of the name is public."""

    def __init__(self, resolve: Resolve, *, inside: bool) -> None:
        self._resolve = resolve
        self._inside = inside
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} leads to no address ({error})") from error
        for address in addresses:
            why = "" if self._inside else refusal(address)
            if why:
                raise RefusedError(f"{host} is at {address}, which is {why}")
        fault: Exception = httpcore.ConnectError(f"the name {host} leads to no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class Transport(httpx.AsyncBaseTransport):
    """Two pools of connections, so that none that one source may use serves another that may not."""

    def __init__(self, at_once: int, resolve: Resolve) -> None:
        context = httpx.create_ssl_context()
        self._outside, self._inside = (
            httpcore.AsyncConnectionPool(
                ssl_context=context,
                max_connections=at_once,
                keepalive_expiry=_KEPT,
                network_backend=Guard(resolve, inside=inside),
            )
            for inside in (False, True)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        pool = self._inside if request.extensions.get(INSIDE) else self._outside
        url = request.url
        response = await pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        await self._outside.aclose()
        await self._inside.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()
