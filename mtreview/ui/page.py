"""Entry point of the review page: ``streamlit run`` starts ``app`` with its routes."""

from __future__ import annotations

from streamlit.starlette import App

from mtreview.ui import SCRIPT
from mtreview.ui.routes import routes

app = App(SCRIPT, routes=routes())
