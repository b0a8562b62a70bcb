"""Several threads, processes and people at one database; and processes that die."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mtreview.errors import ConflictError
from mtreview.store.repository import ReviewStore

PRELUDE = """
import os, sys
from mtreview.errors import ConflictError
from mtreview.model import *
from mtreview.store.repository import ReviewStore

url, review, name = sys.argv[1:]

def decide(store, segment_id, key=None, expected=None):
    decision = Decision(segment_id, Verdict.ACCEPT, name, "2026-11-24T08:00:00+00:00", "", "")
    return store.decide(review, decision, key=key, expected_revision=expected)
"""


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PRELUDE + textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def finish(processes):
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def test_a_burst_of_decisions_from_four_processes_is_all_there(store, store_url, make):
    review = store.create(make.document(*(f"قال {number}" for number in range(10))))
    code = """
    with ReviewStore.open(url) as store:
        for number in range(30):
            decide(store, f"s{number % 10}", key=f"{name}:{number}")
    """
    finish([start(code, store_url, review, f"reviewer-{number}") for number in range(4)])
    decisions = store.decisions(review)
    assert len(decisions) == 120
    for number in range(10):
        revisions = [d.revision for d in decisions if d.segment_id == f"s{number}"]
        assert revisions == list(range(1, 13))
    assert store.reviews()[0].decided == 10


def test_of_two_processes_that_saw_the_same_only_one_decides(store, store_url, make):
    review = store.create(make.document(*(f"قال {number}" for number in range(20))))
    code = """
    conflicts = 0
    with ReviewStore.open(url) as store:
        for number in range(20):
            try:
                decide(store, f"s{number}", expected=0)
            except ConflictError as error:
                assert error.current.revision == 1 and error.current.reviewer != name
                conflicts += 1
    print(conflicts)
    """
    processes = [start(code, store_url, review, name) for name in ("mona", "omar")]
    conflicts = 0
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        conflicts += int(output)
    assert conflicts == 20
    assert len(store.decisions(review)) == 20


def test_threads_decide_while_results_are_saved(store, make):
    review = store.create(make.document(*(f"قال {number}" for number in range(40))))
    segments = store.document(review).segments

    def score(number):
        batch = segments[number * 10 : number * 10 + 10]
        store.save_results(review, [make.result(segment, 50.0) for segment in batch])

    def decide(number):
        segment = segments[number % 40]
        return store.decide(review, make.decision(segment.id, before=segment.target))

    with ThreadPoolExecutor(24) as pool:
        scoring = [pool.submit(score, number) for number in range(4)]
        decided = list(pool.map(decide, range(120)))
        for future in scoring:
            future.result()
    assert store.unscored(review) == []
    assert len(store.decisions(review)) == 120
    assert sorted(d.revision for d in decided) == sorted([1, 2, 3] * 40)


def test_a_resent_decision_from_many_threads_is_stored_once(store, make):
    review = store.create(make.document("قال"))

    def send(_):
        return store.decide(review, make.decision("s0"), expected_revision=0, key="once")

    with ThreadPoolExecutor(12) as pool:
        stored = list(pool.map(send, range(24)))
    assert set(stored) == set(store.decisions(review))
    assert len(store.decisions(review)) == 1


def test_an_in_memory_store_is_shared_by_threads(make):
    with ReviewStore.open("sqlite://") as store:
        review = store.create(make.document(*(f"قال {number}" for number in range(8))))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: store.decide(review, make.decision(f"s{n % 8}")), range(64)))
        assert len(store.decisions(review)) == 64


def test_many_processes_may_open_a_new_database_at_once(store_url):
    code = """
    with ReviewStore.open(url) as store:
        store.create(Document(name, (Segment("s0", "قال"),), "قال"))
    """
    finish([start(code, store_url, "", f"{number}.txt") for number in range(6)])
    with ReviewStore.open(store_url) as store:
        assert sorted(summary.name for summary in store.reviews()) == [
            f"{number}.txt" for number in range(6)
        ]


@pytest.mark.parametrize("seconds", [0.05, 0.4])
def test_a_process_killed_while_it_saves_leaves_whole_batches(store, store_url, make, seconds):
    review = store.create(make.document(*(f"قال {number}" for number in range(3000))))
    code = """
    with ReviewStore.open(url) as store:
        segments = store.document(review).segments
        print("ready", flush=True)
        for start in range(0, len(segments), 100):
            store.save_results(review, [
                SegmentResult(
                    segment, None, None, (), (),
                    Score("quality", 50.0, "q", Basis.TARGET_ONLY, segment.id),
                )
                for segment in segments[start : start + 100]
            ])
        print("done", flush=True)
    """
    process = start(code, store_url, review, "mona")
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    # The killed connection may take PostgreSQL a moment to clear away; SQLite recovers at once.
    waiting = store.unscored(review)
    assert len(waiting) % 100 == 0
    results = store.results(review)
    assert len(results) == 3000 - len(waiting)
    segments = {segment.id: segment for segment in store.document(review).segments}
    store.save_results(review, [make.result(segments[name], 60.0) for name in waiting])
    assert store.unscored(review) == []
    assert store.decide(review, make.decision("s0"), expected_revision=0).revision == 1


def test_a_decision_survives_a_kill_right_after_it(store, store_url, make):
    review = store.create(make.document("قال"))
    code = """
    store = ReviewStore.open(url)
    decide(store, "s0", expected=0)
    os.kill(os.getpid(), 9)
    """
    process = start(code, store_url, review, "mona")
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert [decision.reviewer for decision in store.decisions(review)] == ["mona"]
    with pytest.raises(ConflictError):
        store.decide(review, make.decision("s0"), expected_revision=0)
