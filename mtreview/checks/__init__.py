"""Checks: each finds one kind of suspected error in a segment. One file per check."""
