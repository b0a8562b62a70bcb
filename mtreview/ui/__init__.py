"""The review page: pages of native widgets around one card that works without waiting.

``page.py`` starts it, ``views/`` are what Streamlit draws, ``card/`` is what runs in the browser,
``routes.py`` is how the two save and fetch. ``docs/review-page.md`` describes it.
"""

from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).resolve().with_name("script.py")
"""What Streamlit runs for every session."""
