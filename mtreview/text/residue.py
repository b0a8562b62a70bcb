"""What a content management system leaves in exported text: shortcodes, tags, templates.

Shared by the checks that report it and by the readers of formats, which call a line of nothing else
boilerplate. Leaves alone: notes in brackets (``[1]``, ``[sic]``), names that HTML does not know.
"""

from __future__ import annotations

import re
from typing import Final

_SHORTCODES: Final = (
    "ad|ads|audio|button|caption|code|embed|gallery|gist|googlemaps|iframe|img|playlist|quote|raw"
    "|soundcloud|spoiler|tweet|twitter|url|video|vimeo|youtube"
)
_TAGS: Final = (
    "a|abbr|article|aside|b|blockquote|body|br|button|center|cite|code|dd|div|dl|dt|em|figcaption"
    "|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta"
    "|nav|noscript|ol|option|p|picture|pre|q|s|script|section|select|small|source|span|strong|style"
    "|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|u|ul|video|wbr"
)
INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|q|s|small|span|strong|sub|sup|u)\b", re.IGNORECASE
)
RESIDUE: Final = re.compile(
    # [ad_1], [vc_row], [/caption]: an underscore, a slash or a name that is known
    r"\[/?[a-z][a-z0-9]{0,20}(?:[_-][a-z0-9]{1,20}){1,4}(?:\s[^\[\]\n]{0,300})?\]"
    r"|\[/[a-z][a-z0-9]{0,20}\]"
    rf"|\[(?:{_SHORTCODES})(?:[\s=][^\[\]\n]{{0,300}})?/?\]"
    # an address that a page hid from robots
    r"|\[email[\s\N{NO-BREAK SPACE}]protected\]"
    # [name key="value"]
    r"|\[[a-z][a-z0-9]{0,20}\s[a-z_-]{1,30}=[^\[\]\n]{1,300}\]"
    rf"|</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>"
    r"|<!--[^\n<>]{0,300}-->|<\?php\b|<!\[CDATA\["
    r"|\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}",
    re.IGNORECASE,
)


def is_residue(text: str) -> bool:
    """Tell whether a text holds nothing but codes of a publishing system.

    >>> is_residue("[ad_1]"), is_residue("[1]"), is_residue('[caption id="a"]صورة[/caption]')
    (True, False, False)
    """
    return bool(text.strip()) and not RESIDUE.sub("", text).strip()
