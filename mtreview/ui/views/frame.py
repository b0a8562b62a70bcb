"""What every page has around it: style, title, the choice of view, the sidebar."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from typing import Final

import streamlit as st

from mtreview.store.values import ReviewSummary
from mtreview.ui import sharing
from mtreview.ui.labels import plain
from mtreview.ui.strings import LANGUAGES, Strings

VIEWS: Final = ("review", "overview", "export")

_STYLE: Final = """
<style>
[data-testid="stMainBlockContainer"] {
  padding-block: 2.2rem 2rem; padding-inline: clamp(1rem, 3vw, 3rem); max-width: 96rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding-block-start: 3.4rem; } }
[data-testid="stHeader"] { background: transparent; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * {
  color: TEXT !important; opacity: 1 !important; }
[data-testid^="stBaseButton-primary"] p, [data-testid="stMultiSelect"] [role="group"] [title] {
  color: BACKGROUND !important; }
[class*="st-key-arabic_"] textarea { direction: rtl; unicode-bidi: plaintext;
  font-family: "Noto Naskh Arabic", serif; font-size: 1.2rem; line-height: 1.9; }
</style>
"""
_MIRRORED: Final = """
<style>
[data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stSidebarContent"] {
  direction: rtl; text-align: right; }
[data-testid="stMain"] :is(h1, h2, h3, p) { text-align: start; }
[data-testid="stSidebarContent"] [data-testid="stSlider"],
[data-testid="stMain"] [data-testid="stVegaLiteChart"],
[data-testid="stMain"] [data-testid="stFileUploaderDropzone"] { direction: ltr; }
[data-testid="stButtonGroup"] [role="radio"] {
  border-radius: 0.35rem !important; margin: 0 0 0 4px !important; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="false"] {
  border-color: BORDER !important; }
[data-testid="stMultiSelectTagsContainer"] button { margin-inline-start: 0.35rem; }
</style>
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at which review in which language."""

    summary: ReviewSummary
    reviewer: str
    strings: Strings


def language() -> str:
    """Return the language of the interface: of the address, or else of the configuration."""
    asked = st.query_params.get("lang") or sharing.config().languages.interface
    return asked if asked in LANGUAGES else "en"


def apply_style(strings: Strings) -> None:
    """Set what the theme cannot: direction of the interface, Arabic in native fields, contrast.

    Streamlit writes white on the primary colour, which a dark theme needs to be light.
    """
    theme = st.context.theme.type or "light"
    style = _STYLE + (_MIRRORED if strings.direction == "rtl" else "")
    places = (("TEXT", "textColor"), ("BACKGROUND", "backgroundColor"), ("BORDER", "borderColor"))
    for place, option in places:
        style = style.replace(place, str(st.get_option(f"theme.{theme}.{option}")))
    st.html(style)


def header(visit: Visit) -> str:
    """Show the title and the choice of view; return the view."""
    strings = visit.strings
    view = st.query_params.get("view", VIEWS[0])
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader(plain(visit.summary.name), anchor=False, width="content")
        chosen = st.segmented_control(
            strings.text("page.view"),
            VIEWS,
            default=view if view in VIEWS else VIEWS[0],
            required=True,
            format_func=lambda name: strings.text(f"page.view_{name}"),
            label_visibility="collapsed",
            key="view",
        )
    chosen = str(chosen or VIEWS[0])
    _remember("view", chosen, VIEWS[0])
    return chosen


def sidebar(strings: Strings, summary: ReviewSummary | None) -> str:
    """Show the sidebar's upper part; return the name of the reviewer."""
    with st.sidebar:
        back = "arrow_forward" if strings.direction == "rtl" else "arrow_back"
        if summary is not None and st.button(
            strings.text("page.all_reviews"), icon=f":material/{back}:", key="all_reviews"
        ):
            leave()
        name = _reviewer(strings)
        chosen = st.segmented_control(
            strings.text("page.language"),
            list(LANGUAGES),
            default=strings.language,
            required=True,
            format_func=LANGUAGES.__getitem__,
            key="language",
        )
        if chosen and chosen != strings.language:
            st.query_params["lang"] = chosen
            st.rerun()
    return name


def leave() -> None:
    """Go back to the list of reviews."""
    keep = {k: v for k, v in st.query_params.to_dict().items() if k in ("lang", "reviewer")}
    st.query_params.from_dict(keep)
    forget_widgets()
    st.rerun()


def enter(review_id: str) -> None:
    """Go to a review."""
    forget_widgets()
    st.query_params["review"] = review_id
    st.rerun()


def forget_widgets() -> None:
    """Let the widgets of a review begin anew from the address."""
    for key in list(st.session_state):
        if str(key).startswith(("filter_", "opening_")) or key == "view":
            del st.session_state[key]


def login() -> str | None:
    """Return who is logged in; "" where nobody has to be, None where somebody has yet to be.

    Streamlit's OIDC fills ``st.user``, and so does a proxy whose headers the server trusts.
    """
    if st.user.get("is_logged_in") is False:
        return None
    known = (st.user.get(key) for key in ("name", "email", "preferred_username", "sub"))
    return " ".join(next((str(value) for value in known if value), "").split())


def ask_to_log_in(strings: Strings) -> None:
    """Show nothing but the way to the login."""
    st.title(strings.text("page.title"), anchor=False)
    st.button(strings.text("page.log_in"), type="primary", on_click=st.login, key="log_in")


def _reviewer(strings: Strings) -> str:
    """Return who reviews: the login, or the name that was typed."""
    if name := login():
        st.markdown(plain(name))
        if st.user.get("is_logged_in"):
            st.button(strings.text("page.log_out"), on_click=st.logout, key="log_out")
        return name
    if "reviewer" not in st.session_state:
        st.session_state["reviewer"] = st.query_params.get("reviewer") or _login_name()
    name = st.text_input(
        strings.text("page.reviewer"),
        key="reviewer",
        max_chars=80,
        help=strings.text("page.reviewer_help"),
    )
    name = " ".join(str(name or "").split()) or _login_name()
    _remember("reviewer", name, _login_name())
    return name


def _login_name() -> str:
    """Return the name of the account that the server runs under."""
    try:
        return os.environ.get("MTREVIEW_REVIEWER") or getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def _remember(name: str, value: str, default: str) -> None:
    """Keep a value in the address, unless it is the default."""
    if value != default:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
