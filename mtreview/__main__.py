"""Run the command line as ``python -m mtreview``."""

from mtreview.cli import main

main()
