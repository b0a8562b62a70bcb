"""The HTTP routes beside the page: decisions in, segments out, and the files of the card.

They do not pass through the page's session, so a key press costs no run of the page's script, and a
decision can be saved while the session is being restored. A request must come from our own page:
its header cannot be set from a form or from another origin without asking, its origin must be ours,
and its token must be one that we signed. Paths begin with ``server.baseUrlPath``, which Streamlit
gives to its own routes but not to those of an application.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mtreview.errors import MtReviewError
from mtreview.ui import assets, handlers, tokens
from mtreview.ui.tokens import Grant, TokenError

BODY_LIMIT: Final = 8_000_000
"""Bytes of a request."""

Handler = Callable[[Grant, dict[str, Any]], dict[str, Any]]

HANDLERS: Final[dict[str, Handler]] = {
    "segments": handlers.segments,
    "events": handlers.events,
    "progress": handlers.progress,
    "recheck": handlers.recheck,
    "claim": handlers.claim,
    "context": handlers.context,
}


def base_path() -> str:
    """Return the path that the page is served under: "" or one that begins with a slash."""
    from streamlit import config

    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def routes() -> list[BaseRoute]:
    """Return the routes for ``streamlit.App``."""
    base = base_path()
    return [
        Route(f"{base}/mtreview/assets/{{version}}/{{name:path}}", _asset, methods=["GET"]),
        *(
            Route(f"{base}/mtreview/api/{name}", _endpoint(handler), methods=["POST"])
            for name, handler in HANDLERS.items()
        ),
    ]


async def _asset(request: Request) -> Response:
    """Serve a file of the card."""
    asset = assets.all_assets().get(request.path_params["name"])
    if asset is None:
        return Response(status_code=404)
    is_current = request.path_params["version"] == assets.version()
    caching = "public, max-age=31536000, immutable" if is_current else "no-cache"
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def _endpoint(handler: Handler) -> Callable[[Request], Any]:
    """Return the endpoint that verifies a request and hands it to a handler."""

    async def endpoint(request: Request) -> Response:
        try:
            if not is_ours(request):
                raise _Refusal("this request does not come from the page", 403)
            body = await _body(request)
            grant = tokens.verify(body.get("token"))
            answer = await run_in_threadpool(handler, grant, body)
        except _Refusal as refusal:
            return _answer({"message": str(refusal)}, refusal.status)
        except TokenError as error:
            return _answer({"message": str(error)}, 401)
        except MtReviewError as error:
            return _answer({"message": str(error)}, 400)
        return _answer({**answer, "token": tokens.issue(grant)})

    return endpoint


def _answer(content: dict[str, Any], status: int = 200) -> Response:
    """Return an answer in ASCII, which holds even a broken surrogate of a broken file."""
    return Response(
        json.dumps(content),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


class _Refusal(Exception):
    """A request that is not looked at."""

    def __init__(self, what: str, status: int) -> None:
        super().__init__(what)
        self.status = status


async def _body(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request brings."""
    content = await request.body()
    if len(content) > BODY_LIMIT:
        raise _Refusal("the request is too large", 413)
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _Refusal("the request is not a JSON object", 400)
    return body


def is_ours(request: Request) -> bool:
    """Tell whether a request was made by our own page."""
    if request.headers.get("x-mtreview") != "1":
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    hosts = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
    return origin is None or urlsplit(origin).netloc in hosts
