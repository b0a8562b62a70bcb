"""The script that Streamlit runs for every session; the pages are in ``mtreview.ui.pages``."""

from mtreview.ui.pages import show

show()
