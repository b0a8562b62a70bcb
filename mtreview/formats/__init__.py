"""File formats: each reads a file into a Document, and writes corrected text back."""
