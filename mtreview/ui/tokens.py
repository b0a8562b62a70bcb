"""Short-lived signed tokens: they tell the routes beside the page which review and which reviewer.

The routes do not belong to a session of the page, so what the page knows travels in a token that it
signs. The secret is shared by all workers and outlives a restart, so that a page which was open
when the server went away can save at once when it is back: it is ``MTREVIEW_SECRET``, or else a
file in the user's data folder that only the user can read.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mtreview.errors import MtReviewError

LIFETIME: Final = 60 * 60
"""Seconds that a token is good for; every answer of a route brings a fresh one."""

_SALT: Final = "mtreview.ui"


class TokenError(MtReviewError):
    """A request came without a valid token."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows: to work on one review in one name, in one language."""

    review: str
    reviewer: str
    language: str


def issue(grant: Grant) -> str:
    """Return a token for a grant."""
    from itsdangerous import URLSafeTimedSerializer

    content = [grant.review, grant.reviewer, grant.language]
    return str(URLSafeTimedSerializer(_secret(), salt=_SALT).dumps(content))


def verify(token: object) -> Grant:
    """Return the grant of a token.

    Raises:
        TokenError: It is missing, forged or too old.
    """
    from itsdangerous import BadData, URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer(_secret(), salt=_SALT)
    try:
        review, reviewer, language = serializer.loads(str(token), max_age=LIFETIME)
    except (BadData, ValueError, TypeError):
        raise TokenError("the page was open for too long", hint="Reload it.") from None
    return Grant(str(review), str(reviewer), str(language))


@cache
def _secret() -> str:
    if given := os.environ.get("MTREVIEW_SECRET"):
        return given
    import platformdirs

    path = Path(platformdirs.user_data_dir("mtreview", appauthor=False)) / "secret"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_hex(32)  # good until the server stops


def _create(path: Path) -> None:
    """Write a new secret; if another process did so first, leave its."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by the user alone
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
