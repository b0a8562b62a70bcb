"""The card as a Streamlit component: a loader, and the style that stays inside its shadow root.

The modules of the card are served by our own route, so that they can be many small files and be
kept by the browser; the loader imports the first of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import streamlit as st

from mtreview.ui import assets
from mtreview.ui.address import Query
from mtreview.ui.strings import Strings
from mtreview.ui.tokens import Grant, issue
from mtreview.ui.wire import category_title

LOADER: Final = """
export default function (component) {
  const folder = location.pathname.replace(/\\/?$/, "/") + component.data.assets;
  let gone = false;
  let stop = null;
  import(new URL(folder + "card/main.js", location.origin).href).then(({ mount }) => {
    if (!gone) stop = mount(component, folder);
  });
  return () => { gone = true; stop?.(); };
}
"""

FONTS: Final = (
    ("Noto Naskh Arabic", "400", "noto-naskh-arabic-arabic-400-normal.woff2"),
    ("Noto Naskh Arabic", "700", "noto-naskh-arabic-arabic-700-normal.woff2"),
    ("Noto Sans Arabic", "400", "noto-sans-arabic-arabic-400-normal.woff2"),
    ("Noto Sans Arabic", "700", "noto-sans-arabic-arabic-700-normal.woff2"),
)

CATEGORIES: Final = (
    "mistranslation",
    "omission",
    "addition",
    "untranslated",
    "overly-literal",
    "number",
    "date-time",
    "entity",
    "wrong-term",
    "term-inconsistency",
    "grammar",
    "agreement",
    "word-order",
    "function-words",
    "spelling",
    "transliteration",
    "punctuation",
    "unpaired-marks",
    "duplication",
    "unintelligible",
    "awkward",
    "unidiomatic",
    "register",
    "style",
)
"""MQM categories that a reviewer can mark, in the order of the list."""


@cache
def _component() -> Any:
    return st.components.v2.component(
        "mtreview_card",
        html='<div class="mtreview-card"></div>',
        css=assets.text("card/card.css"),
        js=LOADER,
    )


def show_card(grant: Grant, query: Query, *, scored: bool) -> None:
    """Show the card on the queue of a review.

    Args:
        grant: The review, who works on it, and in which language.
        query: Which segments.
        scored: Whether all segments have a score, so that the order of the queue will stay.
    """
    strings = Strings(grant.language)
    data = {
        "review": grant.review,
        "reviewer": grant.reviewer,
        "language": grant.language,
        "direction": strings.direction,
        "query": query.record(),
        "scored": scored,
        "token": issue(grant),
        "assets": f"mtreview/assets/{assets.version()}/",
        "fonts": [
            {"family": family, "weight": weight, "file": f"fonts/{name}"}
            for family, weight, name in FONTS
        ],
        "strings": strings.group("card"),
        "categories": [[name, category_title(name, strings)] for name in CATEGORIES],
        "severities": [
            [name, strings.text(f"severity.{name}")]
            for name in ("critical", "major", "minor", "neutral")
        ],
    }
    _component()(data=data, key=f"card-{grant.review}", on_renew_change=lambda: None)
