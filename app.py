"""The review page from a checkout: ``streamlit run app.py``."""

from __future__ import annotations

from streamlit.starlette import App

from mtreview.ui import SCRIPT
from mtreview.ui.routes import routes

app = App(SCRIPT, routes=routes())
