"""An HTML entity that was left in the text.

What: ``&quot;``, ``&#39;``, ``&nbsp;``, also escaped twice (``&amp;quot;``). The suggestion is the
character it stands for, or nothing if that cannot be seen.
Why: machine translation services return escaped text; a reader sees code in place of a quotation
mark.
Leaves alone: an ampersand that is no entity (``AT&T``), and names that HTML does not know.
Source: the WHATWG HTML standard, named character references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from mtreview.checks._check import Check, Context, Finding
from mtreview.model import Reason, Segment, Severity

_REASON: Final = Reason(
    "This is code for a character, left over from a web page.",
    "رمز HTML بقي في النص بدلا من الحرف نفسه.",
)
_ENTITY: Final = re.compile(
    r"&(?:amp;)*+(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});|&amp;"
)
_ESCAPED: Final = re.compile(r"&(?:amp;)+")


def find(segment: Segment, context: Context) -> Iterator[Finding]:
    """Yield the HTML entities."""
    for match in _ENTITY.finditer(segment.target):
        entity = match.group()
        character = html.unescape(_ESCAPED.sub("&", entity) if entity != "&amp;" else entity)
        if len(character) > 2:
            continue
        if character.isspace():
            character = " "
        elif not character.isprintable() or character == "\N{REPLACEMENT CHARACTER}":
            character = ""
        evidence = f"{entity} = {character}"
        yield Finding(*match.span(), _REASON, evidence=evidence, suggestion=character)


CHECK = Check(
    id="html-entities",
    category="markup",
    severity=Severity.MINOR,
    title=Reason("HTML entity", "رمز HTML في النص"),
    find=find,
    on_boilerplate=True,
)
