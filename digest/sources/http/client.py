"""The client: many requests at once, few to one host, each within its limits, and an answer to every one."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

import httpcore
import httpx

from digest.sources.http import Answer, Limits, Request, without_password
from digest.sources.http.addresses import speaks_another_protocol
from digest.sources.http.robots import Robots
from digest.sources.http.transport import INSIDE, RefusedError, Resolve, Transport, resolve
from digest.sources.http.unpack import ACCEPTED, BrokenError, TooLargeError, unpacker

_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}
_REDIRECTS, _PERMANENT = (301, 302, 303, 307, 308), (301, 308)
_BUSY, _UNCHANGED = (408, 425, 429, 500, 502, 503, 504), 304
_LONGEST_WISH = 7 * 24 * 3600.0
"""Seconds. A server may ask to be left alone for a week, not for good."""
_UNTAKEN = 4
"""Batches that may lie finished and untaken, for each exchange at a time: what bounds the memory."""


_AGAIN, _ADDRESS = "the next collect asks again", "check the address"
_CLOSED = "it lets no program in; follow another address of its publisher, or its newsletter in a Maildir"
_REMEDIES = {
    401: _CLOSED,
    402: _CLOSED,
    403: _CLOSED,
    404: "check the address, or find its feed anew with digest sources add",
    410: "it is gone for good; give the address that has taken its place, or take the source out of digest.toml",
    451: _CLOSED,
}
"""What to do about a source whose server answers so; of any other lasting fault the address is to be checked."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """One exchange: the status and headers, and the body of a success."""

    status: int
    headers: httpx.Headers
    body: bytes = b""


class _Failure(Exception):  # noqa: N818 - it is raised to leave a request, and always becomes an Answer
    """Why a request failed, and what to do about it; `lasting` tells that it would again, `retry` that it might not if
    asked again soon, `after` how many seconds the server wants to be left alone."""

    def __init__(
        self,
        words: str,
        remedy: str = _AGAIN,
        *,
        lasting: bool = False,
        retry: bool = True,
        after: float | None = None,
    ) -> None:
        super().__init__(words)
        self.remedy = remedy
        self.lasting = lasting
        self.retry = retry and not lasting
        self.after = after


class Client:
    """Answers batches of requests, in the order in which they become complete.

    `wait(seconds)` passes the time between two tries and `resolve(host, port)` gives a host's addresses;
    both are there to be replaced in tests. The requests run in a thread of their own, so that one batch
    is read while others are fetched.
    """

    def __init__(
        self,
        now: datetime,
        limits: Limits,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
        resolve: Resolve = resolve,
    ) -> None:
        self._now = now
        self._limits = limits
        self._wait = wait
        self._resolve = resolve
        self._outstanding = 0
        self._done: SimpleQueue[tuple[str, tuple[Answer, ...]] | BaseException] = SimpleQueue()
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))
        self._everywhere = asyncio.Semaphore(limits.at_once)
        self._room = asyncio.Semaphore(limits.at_once * _UNTAKEN)
        self._robots: dict[tuple[str, bool], asyncio.Task[Robots]] = {}

    def __enter__(self) -> Self:
        limits = self._limits
        self._names = ThreadPoolExecutor(limits.at_once, thread_name_prefix="names")
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(self._names)
        self._thread = Thread(target=self._loop.run_forever, name="web", daemon=True)
        self._http = httpx.AsyncClient(
            transport=Transport(limits.at_once, self._resolve),
            headers={"User-Agent": limits.user_agent, "Accept-Encoding": ACCEPTED},
            timeout=httpx.Timeout(limits.deadline, connect=limits.connect),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._names.shutdown(wait=False, cancel_futures=True)  # a name that is never answered keeps nobody

    def ask(self, key: str, requests: Sequence[Request]) -> None:
        """Take a batch of requests on. `answered` gives its answers together, under `key`."""
        self._outstanding += 1
        asyncio.run_coroutine_threadsafe(self._batch(key, requests), self._loop)

    def answered(self) -> Iterator[tuple[str, tuple[Answer, ...]]]:
        """The batches asked for, each when it is complete, until there are none: an answer to every request, in order.

        More may be asked for while this runs.
        """
        while self._outstanding:
            batch = self._done.get()
            self._outstanding -= 1
            if isinstance(batch, BaseException):
                raise batch
            self._loop.call_soon_threadsafe(self._room.release)
            yield batch

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._http.aclose()

    async def _batch(self, key: str, requests: Sequence[Request]) -> None:
        try:
            answers = await asyncio.gather(*map(self._answer, requests))
            await self._room.acquire()
        except BaseException as fault:  # whoever waits for the batch must hear of it, whatever it is
            self._done.put(fault)
            raise
        self._done.put((key, tuple(answers)))

    async def _answer(self, request: Request) -> Answer:
        """The answer to a request, after as many tries as it takes and is allowed."""
        for pause in (*self._limits.backoff, None):
            try:
                return await self._follow(request)
            except _Failure as failure:
                wanted = failure.after
                too_long = wanted is not None and wanted > self._limits.longest_wait
                if pause is None or too_long or not failure.retry:
                    return Answer(
                        request,
                        without_password(request.url),
                        error=str(failure),
                        remedy=failure.remedy,
                        lasting=failure.lasting,
                        not_before=self._now + timedelta(seconds=wanted or 0) if too_long else None,
                    )
                await self._wait(pause if wanted is None else wanted)
            except Exception as fault:  # noqa: BLE001 - hostile bytes may break a library: that costs one request alone
                words = f"asking broke ({type(fault).__name__}: {fault})"
                return Answer(request, without_password(request.url), error=words, remedy="report it with the address")
        raise AssertionError("the last try returns")

    async def _follow(self, request: Request) -> Answer:
        """One try: the request and the redirects it leads through. Raises _Failure."""
        url, permanent = _parsed(request.url), True
        seen: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            if str(url) in seen:
                raise _Failure(f"it redirects in a circle, by {without_password(str(url))}", _ADDRESS, lasting=True)
            seen.add(str(url))
            # A name in another script may be written so, or as the network knows it.
            inside = not request.allow_hosts.isdisjoint((url.host, url.raw_host.decode("ascii", "replace")))
            if request.kind == "page":
                await self._ask_leave(url, inside, request)
            reply = await self._exchange(url, request, inside)
            if reply.status not in _REDIRECTS or not reply.headers.get("location"):
                moved = without_password(str(url)) if permanent and len(seen) > 1 else ""
                return self._judged(reply, request, without_password(str(url)), moved)
            permanent = permanent and reply.status in _PERMANENT
            url = _parsed(reply.headers["location"], url)
        raise _Failure(f"it redirects more than {self._limits.redirects} times", _ADDRESS, lasting=True)

    async def _ask_leave(self, url: httpx.URL, inside: bool, request: Request) -> None:
        """Return where robots.txt lets a page be read; raises _Failure elsewhere."""
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None, userinfo=b""))
        if (origin, inside) not in self._robots:
            learning = self._learn(Request(origin, "feed", allow_hosts=request.allow_hosts))
            self._robots[origin, inside] = asyncio.create_task(learning)
        robots = await asyncio.shield(self._robots[origin, inside])
        why = robots.refusal(str(url), self._limits.user_agent.partition("/")[0])
        if why:
            remedy = _AGAIN if robots.unavailable_because else "follow a feed of its publisher instead"
            raise _Failure(why, remedy, lasting=not robots.unavailable_because, retry=False)

    async def _learn(self, request: Request) -> Robots:
        answer = await self._answer(request)
        return Robots.unavailable(answer.error, lasting=answer.lasting) if answer.error else Robots.of(answer.body)

    async def _exchange(self, url: httpx.URL, request: Request, inside: bool) -> _Reply:
        """One request and its reply, within the limits. Raises _Failure."""
        headers = {"Accept": _ACCEPT[request.kind]}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        asked = self._http.build_request("GET", url, headers=headers, extensions={INSIDE: inside})
        limits = self._limits
        try:
            async with (
                self._hosts[url.host],
                self._everywhere,
                asyncio.timeout(limits.deadline),
                self._sent(asked) as reply,
            ):
                return _Reply(reply.status_code, reply.headers, await self._body(reply))
        except RefusedError as fault:
            remedy = "a source may reach it when its allow_hosts names it"
            raise _Failure(str(fault), remedy, lasting=True) from fault
        except TooLargeError as fault:
            words = f"it is over the {limits.largest:,} bytes that are read of one"
            raise _Failure(words, "give the address of a smaller one, such as a section's", lasting=True) from fault
        except BrokenError as fault:
            raise _Failure(str(fault)) from fault
        except TimeoutError as fault:
            # A server that drips would do so again, and each try would take as long.
            raise _Failure(f"it takes longer than {limits.deadline:g} seconds", retry=False) from fault
        except (httpx.HTTPError, httpx.InvalidURL, *_BROKEN_LINES) as fault:
            raise _Failure(_words(fault, url.host), f"check the address and the network; {_AGAIN}") from fault

    @asynccontextmanager
    async def _sent(self, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        response = await self._http.send(request, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            await response.aclose()

    async def _body(self, response: httpx.Response) -> bytes:
        """The body of a success, unpacked; other replies say what they have to say in their headers."""
        if response.status_code != httpx.codes.OK:
            return b""
        body = unpacker(response.headers.get("content-encoding", ""))(self._limits.largest)
        announced = response.headers.get("content-length", "")
        if announced.isascii() and announced.isdecimal() and int(announced[:20]) > self._limits.largest:
            raise TooLargeError
        async for part in response.aiter_raw():
            body.feed(part)
        return body.finish()

    def _judged(self, reply: _Reply, request: Request, url: str, moved: str) -> Answer:
        """What a reply means. Raises _Failure."""
        status, headers = reply.status, reply.headers
        if status == _UNCHANGED and (request.etag or request.last_modified):
            return Answer(request, url, moved=moved, unchanged=True)
        if status != httpx.codes.OK:
            words = f"the server answers {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
            is_busy = status in _BUSY
            remedy = _AGAIN if is_busy else _REMEDIES.get(status, _ADDRESS)
            raise _Failure(words, remedy, lasting=not is_busy, after=self._wish(headers) if is_busy else None)
        media_type, charset = _claims(headers.get("content-type", ""))
        return Answer(
            request,
            url,
            reply.body,
            media_type,
            charset,
            _validator(headers.get("etag", "")),
            _validator(headers.get("last-modified", "")),
            moved,
        )

    def _wish(self, headers: httpx.Headers) -> float | None:
        """The seconds that Retry-After asks for; None where it says nothing that can be understood."""
        said = headers.get("retry-after", "").strip()
        if said.isdecimal() and said.isascii():
            return min(float(said[:9]), _LONGEST_WISH)
        moment = _moment(said)
        if moment is None:
            return None
        seconds = (moment - (_moment(headers.get("date", "")) or self._now)).total_seconds()
        return min(max(seconds, 0.0), _LONGEST_WISH)


_BROKEN_LINES = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)
_LONGEST_VALIDATOR = 1000


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """An http or https URL, absolute. Raises _Failure for any other."""
    try:
        parsed = (base.join(url) if base else httpx.URL(url)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as fault:
        raise _Failure(f"{url[:200]!r} is no address ({fault})", _ADDRESS, lasting=True) from fault
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise _Failure(f"{without_password(str(parsed))[:200]!r} is no address on the web", _ADDRESS, lasting=True)
    if speaks_another_protocol(parsed.port):
        raise _Failure(f"port {parsed.port} of {parsed.host} is no web server's", _ADDRESS, lasting=True)
    return parsed


def _words(fault: Exception, host: str) -> str:
    said = str(fault).strip()
    if isinstance(fault, httpcore.TimeoutException | httpx.TimeoutException):
        return f"{host} does not answer in time"
    if isinstance(fault, httpcore.ConnectError):
        return f"{host} cannot be reached ({said or 'no connection'})"
    return f"{host} breaks off ({said or type(fault).__name__})"


def _claims(content_type: str) -> tuple[str | None, str | None]:
    """The media type and the charset that a header claims, in lower case."""
    if not content_type:
        return None, None
    header = Message()
    header["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    charset = header.get_param("charset")
    name = charset.strip().lower() if isinstance(charset, str) else ""
    return content_type.partition(";")[0].strip().lower() or None, name or None


def _validator(value: str) -> str:
    """A validator as it may be sent back: one that is absurdly long, or not ASCII, is none."""
    return value if len(value) <= _LONGEST_VALIDATOR and value.isascii() else ""


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
