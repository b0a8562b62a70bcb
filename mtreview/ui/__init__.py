"""The browser page: Streamlit and the segment card."""
