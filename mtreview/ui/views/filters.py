"""The filters of the queue: native widgets in the sidebar, kept in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from mtreview.checks._check import Check
from mtreview.model import Severity
from mtreview.plugins import discover
from mtreview.ui import sharing
from mtreview.ui.address import ORDERS, STATES, Query
from mtreview.ui.views.frame import Visit

_PREFIX: Final = "filter_"


def ask(visit: Visit) -> Query:
    """Show the filters, and return what they ask for."""
    strings, language = visit.strings, visit.strings.language
    counts = sharing.store().check_counts(visit.summary.id)
    checks: Mapping[str, Check] = discover("mtreview.checks", "CHECK")
    _begin()
    options = list(dict.fromkeys([*counts, *st.session_state[f"{_PREFIX}checks"]]))

    def check_title(check_id: str) -> str:
        check = checks.get(check_id)
        title = check.title.in_language(language) if check else check_id
        return f"{title} ({counts.get(check_id, 0)})"

    with st.sidebar:
        st.subheader(strings.text("page.filters"), anchor=False)
        st.text_input(
            strings.text("page.text"), key=f"{_PREFIX}text", help=strings.text("page.text_help")
        )
        st.multiselect(
            strings.text("page.states"),
            STATES,
            key=f"{_PREFIX}states",
            placeholder=strings.text("page.any"),
            format_func=lambda state: strings.text(f"page.state_{state}"),
        )
        st.multiselect(
            strings.text("page.checks"),
            options,
            key=f"{_PREFIX}checks",
            format_func=check_title,
            placeholder=strings.text("page.any"),
        )
        st.selectbox(
            strings.text("page.severity"),
            ["", *(severity.value for severity in Severity)],
            key=f"{_PREFIX}severity",
            format_func=lambda name: strings.text(f"severity.{name}" if name else "page.any"),
        )
        st.slider(strings.text("page.score_range"), 0, 100, key=f"{_PREFIX}range")
        st.toggle(strings.text("page.flagged_only"), key=f"{_PREFIX}flagged")
        st.selectbox(
            strings.text("page.order"),
            ORDERS,
            key=f"{_PREFIX}order",
            format_func=lambda name: strings.text(f"page.order_{name}"),
        )
        st.button(strings.text("page.clear"), on_click=_clear, key="clear")
    query = _query(st.session_state)
    _keep(query)
    return query


def _begin() -> None:
    """Give the widgets what the address says, the first time they are shown."""
    if f"{_PREFIX}states" not in st.session_state:
        _fill(Query.from_address(st.query_params.to_dict()))


def _clear() -> None:
    _fill(Query())


def _fill(query: Query) -> None:
    state = st.session_state
    state[f"{_PREFIX}text"] = query.text
    state[f"{_PREFIX}states"] = list(query.states)
    state[f"{_PREFIX}checks"] = list(query.checks)
    state[f"{_PREFIX}severity"] = query.severity
    state[f"{_PREFIX}range"] = (min(query.minimum, query.maximum), query.maximum)
    state[f"{_PREFIX}flagged"] = query.flagged
    state[f"{_PREFIX}order"] = query.order


def _query(state: Any) -> Query:
    """Return what the widgets ask for."""
    minimum, maximum = state[f"{_PREFIX}range"]
    return Query(
        checks=tuple(state[f"{_PREFIX}checks"]),
        severity=state[f"{_PREFIX}severity"],
        minimum=minimum,
        maximum=maximum,
        states=tuple(state[f"{_PREFIX}states"]),
        text=state[f"{_PREFIX}text"].strip(),
        flagged=state[f"{_PREFIX}flagged"],
        order=state[f"{_PREFIX}order"],
    )


def _keep(query: Query) -> None:
    """Write the filters to the address."""
    wanted = query.to_address()
    for name in Query.__slots__:
        if name in wanted:
            st.query_params[name] = wanted[name]
        else:
            st.query_params.pop(name, None)
