"""The preview as an ASGI application: which address shows what."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from digest.model import Rendition
from digest.web.explained import why_page
from digest.web.frames import SCHEMES, SHOWS, framed
from digest.web.guard import FRAME_POLICY, HEADERS, RAW_POLICY, Guard, names_of
from digest.web.live import Live, Proof, State
from digest.web.page import DEVICES, EMAIL, View, frame_address, page

_STATIC = Path(__file__).parent / "static"
_MILLISECONDS_TO_RECONNECT = 1000


def create_app(
    build: Callable[[bool], Proof], watched: Callable[[], Collection[Path]], *, host: str = "127.0.0.1"
) -> Starlette:
    """The preview of what `build` gives, built again when something in `watched()` changes.

    Both are called in worker threads, never twice at a time. `build` is told whether the editor asked to collect from
    the web, and may raise `DigestError`, which the page then
    shows. On a loopback `host`, requests under the name of another machine are turned away.
    """
    live = Live(build, watched)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(live.run)
            yield
            live.close()
            tasks.cancel_scope.cancel()

    app = Starlette(
        routes=[
            Route("/", _workshop),
            Route("/last", _last),
            Route("/events", _events),
            Route("/why", _why),
            Route("/frame/{scheme}/{name}", _frame),
            Route("/source/{name}", _source),
            Route(f"/collect/{live.key}", _collect, methods=["POST"]),
            Mount("/static", StaticFiles(directory=_STATIC)),
            Route("/{name}", _rendition),
        ],
        middleware=[Middleware(Guard, hosts=names_of(host))],
        exception_handlers={Exception: _fault},
        lifespan=lifespan,
    )
    app.state.live = live
    return app


async def _workshop(request: Request) -> Response:
    return await _page(request)


async def _last(request: Request) -> Response:
    return await _page(request, last=True)


async def _page(request: Request, last: bool = False) -> Response:
    live = _live(request)
    html = page(await live.current(), _view(request), live.key, live.notice, last=last)
    # The name of a file may hold bytes that are no text.
    return HTMLResponse(html.encode("utf-8", "replace"))


async def _why(request: Request) -> Response:
    """How the story came about, or the article left out, that `of` names: by id, by address, by its headline."""
    proof = (await _live(request).current()).proof
    if proof is None or proof.explain is None:
        raise HTTPException(404)
    question = request.query_params.get("of", "")
    answer = await anyio.to_thread.run_sync(proof.explain, question)
    html = why_page(_live(request).state.version, question, answer, proof.draft.issue)
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=200 if answer.explanation else 404)


async def _collect(request: Request) -> Response:
    """Only the page itself knows the key that its address holds, so no page on the web can ask for it."""
    _live(request).collect()
    return RedirectResponse("/", status_code=303)


async def _source(request: Request) -> Response:
    """An edition as its bytes are, markup and all."""
    rendition = await _wanted(request)
    headers = {"Content-Security-Policy": RAW_POLICY}
    return PlainTextResponse(rendition.body, headers=headers)


async def _frame(request: Request) -> Response:
    scheme = next((scheme for scheme in SCHEMES if scheme == request.path_params["scheme"]), None)
    rendition = await _wanted(request)
    if scheme is None or not rendition.media_type.startswith("text/html"):
        raise HTTPException(404)
    html = framed(_text(rendition), scheme, _view(request).show)
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


async def _rendition(request: Request) -> Response:
    rendition = await _wanted(request)
    headers = {"Content-Security-Policy": RAW_POLICY}
    return Response(rendition.body, media_type=rendition.media_type, headers=headers)


async def _events(request: Request) -> Response:
    live, view = _live(request), _view(request)

    async def stream() -> AsyncIterator[str]:
        yield f"retry: {_MILLISECONDS_TO_RECONNECT}\n\n"
        before: State | None = None
        async for state in live.states():
            if before is None:
                event = "current"
            else:
                event = "more" if state.step and state.edition == before.edition else "change"
                if "page" in request.query_params:
                    yield f"event: page\ndata: {_pushed(live, state, view, email=event == 'change')}\n\n"
            yield f"event: {event}\ndata: {state.version}\n\n"
            before = state

    return StreamingResponse(stream(), media_type="text/event-stream")


def _pushed(live: Live, state: State, view: View, *, email: bool) -> str:
    """The page and the email in its frames, in JSON: sent with the event they need not be asked for after it."""
    frames = {}
    for rendition in state.draft.renditions if state.draft and email else ():
        if rendition.name == EMAIL:
            frames[frame_address(state, view, EMAIL)] = framed(_text(rendition), view.scheme, view.show)
    return json.dumps({"version": state.version, "page": page(state, view, live.key, live.notice), "frames": frames})


async def _fault(request: Request, error: Exception) -> Response:
    # This answer is made outside the guard, so it brings the headers itself.
    return PlainTextResponse("The preview failed; its terminal says how.\n", status_code=500, headers=HEADERS)


async def _wanted(request: Request) -> Rendition:
    """The rendition the address names, of the last draft that could be built."""
    live = _live(request)
    state = await live.current()
    while True:
        if state.draft is None:
            words = state.failure.message if state.failure else "The preview is stopping."
            raise HTTPException(503, f"{words}\n")
        for rendition in state.draft.renditions:
            if rendition.name == request.path_params["name"]:
                return rendition
        if state.is_whole or live.is_closed:
            raise HTTPException(404)
        state = await live.more(state)


def _text(rendition: Rendition) -> str:
    return rendition.body.decode("utf-8", "replace")


def _view(request: Request) -> View:
    asked = request.query_params
    return View(
        scheme=next((scheme for scheme in SCHEMES if scheme == asked.get("scheme")), "light"),
        devices=next((devices for devices in DEVICES if devices == asked.get("devices")), "both"),
        show=next((shown for shown in SHOWS if shown == asked.get("show")), "designed"),
    )


def _live(request: Request) -> Live:
    live: Live = request.app.state.live
    return live
