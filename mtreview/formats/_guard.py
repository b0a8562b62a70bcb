r"""Keep spreadsheet programs from running a cell as a formula, so that it can be undone exactly.

What: a cell that begins with ``= + - @``, a tab or a line end gets an apostrophe before it; so does
one that begins with apostrophes and then such a character, because otherwise taking the apostrophe
away again would be ambiguous. Why: a machine translation comes from strangers, and a cell such as
``=HYPERLINK(…)`` acts when the file is opened. Leaves alone: all other cells, those that begin
with an apostrophe and a letter included. Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re
from typing import Final

_DANGEROUS: Final = re.compile("'*[=+\\-@\t\r\n]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r\n]")


def guard(cell: str) -> str:
    """Return a cell that no program runs.

    >>> guard("=1+1"), guard("'=1"), guard("'قال'")
    ("'=1+1", "''=1", "'قال'")
    """
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguard(cell: str) -> str:
    """Return the cell that was guarded.

    >>> unguard("'=1+1"), unguard("''=1"), unguard("'قال'")
    ('=1+1', "'=1", "'قال'")
    """
    return cell[1:] if _GUARDED.match(cell) else cell
