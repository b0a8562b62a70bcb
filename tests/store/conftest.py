"""A store for each database under test, and small values to put into it.

PostgreSQL is tested too when ``MTREVIEW_TEST_POSTGRES`` holds the URL of a server on which
databases may be made; each test gets its own.
"""

from __future__ import annotations

import os
import secrets

import pytest
import sqlalchemy

from mtreview.model import (
    Basis,
    Decision,
    Document,
    Flag,
    Reason,
    Role,
    Score,
    Segment,
    SegmentResult,
    Severity,
    Side,
    Translation,
    Verdict,
    content_hash,
)
from mtreview.store.database import resolve
from mtreview.store.repository import ReviewStore

POSTGRES = os.environ.get("MTREVIEW_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'reviews.db'}"
        return
    if not POSTGRES:
        pytest.skip("MTREVIEW_TEST_POSTGRES is not set")
    url = resolve(POSTGRES)
    name = f"mtreview_{secrets.token_hex(6)}"
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def store(store_url):
    with ReviewStore.open(store_url) as opened:
        yield opened


def document(*targets, original="folder/article.txt", source=None):
    """A text file with a sentence in each line; the ids are s0, s1, ..."""
    segments, start = [], 0
    for number, target in enumerate(targets):
        segments.append(Segment(f"s{number}", target, source, start=start, paragraph=number))
        start += len(target) + 1
    return Document(original, tuple(segments), "\n".join(targets))


def flag(segment_id, check="repeated-word", severity=Severity.MAJOR, excerpt="قال"):
    reason = Reason("the word stands twice", "الكلمة مكررة")
    return Flag(
        segment_id, Side.TARGET, 0, 3, "duplication", severity, reason, check, excerpt=excerpt
    )


def result(segment, quality=80.0, *flags, english="The minister said."):
    back = Translation(
        segment.id, english, Role.BACK_TRANSLATION, "pack:1", content_hash(segment.target)
    )
    score = Score("quality", quality, "q:1", Basis.TARGET_ONLY, segment.id)
    return SegmentResult(segment, back, None, (), flags, score)


def decision(segment_id, verdict=Verdict.ACCEPT, before="", after=None, reviewer="mona", **more):
    after = before if after is None else after
    at = "2026-11-24T08:00:00+00:00"
    return Decision(segment_id, verdict, reviewer, at, before, after, **more)


class Make:
    """The functions above, for tests that get them as the fixture ``make``."""

    document = staticmethod(document)
    flag = staticmethod(flag)
    result = staticmethod(result)
    decision = staticmethod(decision)


@pytest.fixture(scope="session")
def make():
    return Make
