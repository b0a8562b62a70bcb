"""The terms that a configuration gives to the check itself."""

from __future__ import annotations

import pytest

from mtreview.checks import terminology
from mtreview.checks._check import Context
from mtreview.errors import ConfigError
from mtreview.model import Document, Segment


def findings(terms: object) -> list:
    segment = Segment("1", "قالت الحكومة ذلك", source="The Kremlin said so")
    context = Context(Document("case", (segment,), segment.target), 0, options={"terms": terms})
    return list(terminology.find(segment, context))


def test_two_names_are_both_told():
    (finding,) = findings(["الكرملين\tKremlin", "قصر الكرملين\tKremlin"])
    assert finding.reason.english.endswith("calls الكرملين or قصر الكرملين")
    assert "«الكرملين» أو «قصر الكرملين»" in finding.reason.arabic


@pytest.mark.parametrize("terms", ["الكرملين\tKremlin", 3, [3]])
def test_what_is_no_list_of_texts_is_an_error(terms):
    with pytest.raises(ConfigError, match=r"terminology\.terms: must be a list of texts"):
        findings(terms)


def test_a_wrong_line_is_named():
    with pytest.raises(ConfigError, match=r"terminology\.terms:2: no term: 'Kremlin'"):
        findings(["الكرملين\tKremlin", "Kremlin"])
