"""Metrics: each turns what is known of a segment into one number with signature and basis."""
