"""Text: characters by name, normalisation for comparing, segmentation, word lists."""
