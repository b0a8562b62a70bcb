import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtreview.errors import InputError
from mtreview.model import Severity, Verdict
from mtreview.ui.address import ORDERS, STATES, Query
from mtreview.ui.handlers import queue_filter

queries = st.builds(
    Query,
    checks=st.lists(st.sampled_from(["brackets", "calques"]), unique=True).map(tuple),
    severity=st.sampled_from(["", *Severity]).map(str),
    minimum=st.integers(0, 100),
    maximum=st.integers(0, 100),
    states=st.lists(st.sampled_from(STATES), unique=True).map(tuple),
    text=st.text(max_size=9),
    flagged=st.booleans(),
    order=st.sampled_from(ORDERS),
)


@given(queries)
def test_an_address_gives_back_the_query(query):
    assert Query.from_address(query.to_address()) == query


def test_the_usual_query_leaves_the_address_clean():
    assert Query().to_address() == {}


@pytest.mark.parametrize(
    "parameters",
    [{"severity": "dire"}, {"minimum": "-1"}, {"maximum": "101"}, {"order": "x"}, {"flagged": "y"}],
)
def test_what_is_wrong_in_an_address_is_left_at_its_default(parameters):
    assert Query.from_address(parameters) == Query()


def test_a_query_becomes_the_filter_of_the_store():
    query = Query(checks=("calques",), severity="major", maximum=60, states=("open", "skip"))
    filters = queue_filter(query.record())
    assert filters.checks == ("calques",)
    assert filters.severity is Severity.MAJOR
    assert (filters.minimum_quality, filters.maximum_quality) == (None, 60.0)
    assert filters.states == (None, Verdict.SKIP)
    assert filters.flagged is None


@pytest.mark.parametrize("record", [{"severity": "dire"}, {"states": ["x"]}, {"minimum": []}])
def test_a_forged_query_is_refused(record):
    with pytest.raises(InputError):
        queue_filter(record)
