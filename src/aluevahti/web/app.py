"""The web site: which address is which page. Every page works without JavaScript and sets no cookie.

/                    what can be applied for, how the regions are followed, what happened last
/regions/CODE        one region: calls, status with its proofs, documents, sources
/changes             what happened, filtered
/subscribe           how to get the digest
/confirm/TOKEN       GET asks, POST confirms a subscription
/unsubscribe/TOKEN   GET asks, POST ends a subscription (RFC 8058)
/api/status /api/changes /healthz   JSON
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from aluevahti import shapes
from aluevahti.config import Config
from aluevahti.errors import StorageError
from aluevahti.regions import REGION_CODES
from aluevahti.storage import Store
from aluevahti.web import api, subscription
from aluevahti.web.changes import Wanted, changes
from aluevahti.web.frame import Frame, base_of, negotiated
from aluevahti.web.guard import Guard
from aluevahti.web.health import health
from aluevahti.web.overview import overview
from aluevahti.web.pulse import Pulse
from aluevahti.web.region import region
from aluevahti.web.site import Site

log = structlog.get_logger(__name__)

NO_STORE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""For what belongs to one person, or holds for one moment only."""

ROBOTS = "User-agent: *\nDisallow: /confirm/\nDisallow: /unsubscribe/\nDisallow: /api/\n"


def make_app(
    store: Store, config: Callable[[], Config], clock: Callable[[], dt.datetime], pulse: Pulse | None = None
) -> ASGIApp:
    """The whole site.

    Args:
        store: the state.
        config: gives the configuration in force.
        clock: the time, aware.
        pulse: the service's signs of life, for /healthz.
    """
    site = Site(store, config, clock, pulse or Pulse())
    pages = _Pages(site)
    app = Starlette(
        routes=pages.routes(),
        exception_handlers={HTTPException: pages.refused, StorageError: pages.unavailable, Exception: pages.crashed},
    )
    app.router.redirect_slashes = False  # RFC 8058: the POST of a mail program must not be sent elsewhere
    return Guard(app, lambda: _hosts(site.config()), lambda: base_of(site.config().service.public_url))


def _hosts(config: Config) -> frozenset[str]:
    service = config.service
    public = (urlsplit(service.public_url).hostname or "").lower()
    return frozenset({public, public.encode("idna").decode("ascii") if public else "", service.web.host.lower()} - {""})


class _Pages:
    def __init__(self, site: Site) -> None:
        self.site = site

    def routes(self) -> list[Route]:
        return [
            Route("/", self.overview),
            Route("/regions/{code}", self.region),
            Route("/changes", self.changes),
            Route("/subscribe", self.subscribe),
            Route("/confirm/{token}", self.confirm, methods=["GET", "POST"]),
            Route("/unsubscribe/{token}", self.unsubscribe, methods=["GET", "POST"]),
            Route("/api/status", self.api_status),
            Route("/api/changes", self.api_changes),
            Route("/healthz", self.healthz),
            Route("/style.css", self.style),
            Route("/robots.txt", self.robots),
        ]

    # --- pages -----------------------------------------------------------------------------------

    def overview(self, request: Request) -> Response:
        frame = self._frame(request)
        return self._page("overview", overview(self.site, frame.lang), frame)

    def region(self, request: Request) -> Response:
        code = request.path_params["code"]
        if code not in REGION_CODES:
            raise HTTPException(404)
        frame = self._frame(request)
        return self._page("region", region(self.site, frame.lang, code), frame)

    def changes(self, request: Request) -> Response:
        frame = self._frame(request)
        return self._page("changes", changes(self.site, frame.lang, Wanted.of(request.query_params)), frame)

    def subscribe(self, request: Request) -> Response:
        frame = self._frame(request)
        return self._page("subscribe", subscription.subscribe(self.site, frame.lang), frame)

    async def confirm(self, request: Request) -> Response:
        frame = self._frame_of_token(request)
        if request.method != "POST":
            view = subscription.ask_confirm(frame.lang, frame.to(frame.path))
            return await run_in_threadpool(self._page, "ask", view, frame, headers=NO_STORE)
        await request.body()
        done, said = await run_in_threadpool(subscription.confirm, self.site, frame.lang, request.path_params["token"])
        status = HTTPStatus.OK if done else HTTPStatus.GONE
        return await run_in_threadpool(self._page, "said", said, frame, status=status, headers=NO_STORE)

    async def unsubscribe(self, request: Request) -> Response:
        frame = self._frame_of_token(request)
        token, body = request.path_params["token"], await request.body()
        wanted = request.method == "POST" and subscription.is_one_click(request.headers.get("content-type", ""), body)
        if not wanted:
            incomplete = request.method == "POST"
            view = subscription.ask_unsubscribe(frame.lang, frame.to(frame.path), incomplete=incomplete)
            status = HTTPStatus.BAD_REQUEST if incomplete else HTTPStatus.OK
            return await run_in_threadpool(self._page, "ask", view, frame, status=status, headers=NO_STORE)
        said = await run_in_threadpool(subscription.unsubscribe, self.site, frame.lang, token)
        return await run_in_threadpool(self._page, "said", said, frame, headers=NO_STORE)

    def _frame_of_token(self, request: Request) -> Frame:
        if not subscription.is_token(request.path_params["token"]):
            raise HTTPException(404)
        return self._frame(request)

    def _frame(self, request: Request) -> Frame:
        asked = request.query_params.get("lang")
        lang = negotiated(asked, request.headers.get("accept-language"))
        query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
        return self.site.frame(lang, request.url.path, query, chosen=asked == lang.value)

    def _page(
        self,
        name: str,
        view: object,
        frame: Frame,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        said = {"Content-Language": frame.lang.value, "Vary": "Accept-Language", **(headers or {})}
        return HTMLResponse(self.site.render(name, view, frame), status, said)

    # --- for programs ----------------------------------------------------------------------------

    def api_status(self, request: Request) -> Response:
        try:
            return JSONResponse(api.status(self.site, request.query_params))
        except api.BadQueryError as error:
            return JSONResponse({"error": str(error)}, 400)

    def api_changes(self, request: Request) -> Response:
        try:
            found = api.changes(self.site, request.query_params)
        except api.BadQueryError as error:
            return JSONResponse({"error": str(error)}, 400)
        if "application/x-ndjson" in request.headers.get("accept", ""):
            return StreamingResponse(api.lines(self.site, found), media_type="application/x-ndjson")
        zone = self.site.config().service.timezone
        return JSONResponse([shapes.change_json(change, zone) for change in found], headers={"Vary": "Accept"})

    def healthz(self, _request: Request) -> Response:
        is_well, answer = health(self.site)
        return JSONResponse(answer, 200 if is_well else 503, NO_STORE)

    def style(self, request: Request) -> Response:
        content, version = self.site.style
        current = request.query_params.get("v") == version
        age = {"Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache"}
        return Response(content, headers=age, media_type="text/css")

    def robots(self, _request: Request) -> Response:
        return PlainTextResponse(ROBOTS)

    # --- what goes wrong -------------------------------------------------------------------------

    def refused(self, request: Request, error: Exception) -> Response:
        """An address that is not there, or cannot be used like this."""
        assert isinstance(error, HTTPException)
        return self._error(request, error.status_code, dict(error.headers or {}))

    def unavailable(self, request: Request, error: Exception) -> Response:
        """The database failed, or somebody else is writing: the next try may do."""
        log.error("web.unavailable", reason=str(error))
        return self._error(request, 503, {"Retry-After": "30"})

    def crashed(self, request: Request, _error: Exception) -> Response:
        """A fault of ours; it goes on to the guard, which logs it."""
        return self._error(request, 500, {})

    def _error(self, request: Request, status: int, headers: dict[str, str]) -> Response:
        if request.url.path.startswith(("/api/", "/healthz")):
            return JSONResponse({"error": HTTPStatus(status).phrase}, status, headers)
        frame = self._frame(request)
        return self._page("error", status, frame, status=status, headers=NO_STORE | headers)
