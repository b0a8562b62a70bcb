"""The script that Streamlit runs for every session; the pages are in ``mtreview.ui.views``."""

from mtreview.ui.views import show

show()
