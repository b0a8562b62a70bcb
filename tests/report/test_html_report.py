"""The HTML report says everything, in two languages, and no text of a document becomes markup."""

from __future__ import annotations

import re
import string
import time
import tomllib
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from mtreview.html_report import ROW_LIMIT, render
from mtreview.html_report.marks import (
    differences,
    excerpt,
    highlighted,
    plain,
    prose,
    tooltip,
)
from mtreview.model import (
    Basis,
    Decision,
    Flag,
    Mark,
    Reason,
    Review,
    Score,
    Severity,
    Side,
    Verdict,
    content_hash,
)

Decide = Callable[..., Decision]

VOID = {"meta", "input", "br", "link"}
HOSTILE = (
    "</p></style></script></title><script>alert(1)</script><style>*{display:none}</style>"
    '<img src=x onerror=alert(1)>" onmouseover="alert(1)\' [x](http://evil.example/) '
    "{{ 7*7 }}{% raw %}&lt;&#x202e;\N{RIGHT-TO-LEFT OVERRIDE}\N{NULL}"
    "\N{LEFT-TO-RIGHT ISOLATE}\udc00"
)


class Page(HTMLParser):
    """The elements of a page, the texts of its segments, and what its attributes say."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[tuple[str, str]] = Counter()
        self.values: dict[str, list[str]] = {}
        self.paragraphs: list[tuple[str, str]] = []
        self.text = ""
        self.in_text = False
        self.feed(page)
        self.close()
        assert self.open == [], "an element was left open"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attributes:
            self.attributes[tag, name] += 1
            self.values.setdefault(name, []).append(value or "")
        if tag == "p":
            self.in_text = ("class", "text") in attributes
            if self.in_text:
                self.paragraphs.append((dict(attributes)["lang"] or "", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.in_text = self.in_text and tag != "p"

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data
        if self.in_text:
            language, text = self.paragraphs[-1]
            self.paragraphs[-1] = (language, text + data)


def hostile(review: Review) -> Review:
    """Return a review of the same shape in which every text is hostile."""
    results = []
    for result in review.results:
        segment = replace(
            result.segment,
            target=HOSTILE,
            source=HOSTILE if result.segment.source else None,
            notes=tuple(HOSTILE for _ in result.segment.notes),
        )
        flags = tuple(
            Flag(
                segment.id,
                Side.TARGET,
                place,
                place + 9,
                HOSTILE,
                flag.severity,
                Reason(HOSTILE, HOSTILE),
                HOSTILE,
                HOSTILE if flag.evidence else "",
                HOSTILE if flag.suggestion else flag.suggestion,
                HOSTILE[place : place + 9],
            )
            for place, flag in enumerate(result.flags)
        )
        back = result.back_translation
        results.append(
            replace(
                result,
                segment=segment,
                flags=flags,
                back_translation=back and replace(back, text=HOSTILE, of=content_hash(HOSTILE)),
                quality=replace(result.quality, explanation=result.quality.explanation and HOSTILE),
            )
        )
    document = replace(review.document, original=HOSTILE, text=HOSTILE)
    return replace(review, document=document, results=tuple(results))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_text_adds_no_element_and_no_attribute(review: Review, language: str) -> None:
    honest = Page(render(review, language=language))
    attacked = Page(render(hostile(review), title=HOSTILE, language=language))
    # Only these may differ: marks cut the text at other places, and hidden characters are shown.
    inline = {"mark", "a", "bdi", "span", "del", "ins", "tr", "td", "p"}
    assert set(attacked.tags) == set(honest.tags)
    assert {t: n for t, n in attacked.tags.items() if t not in inline} == {
        t: n for t, n in honest.tags.items() if t not in inline
    }
    allowed = set(honest.attributes) | {("bdi", "class"), ("bdi", "title")}
    assert set(attacked.attributes) <= allowed
    assert "alert(1)" in attacked.text
    assert "{{ 7*7 }}" in attacked.text
    assert all(value.startswith("#s") for value in attacked.values["href"])


def test_hidden_characters_are_shown_everywhere(review: Review) -> None:
    page = render(hostile(review), title=HOSTILE)
    page.encode("utf-8")
    for character in ("\N{RIGHT-TO-LEFT OVERRIDE}", "\N{NULL}", "\N{LEFT-TO-RIGHT ISOLATE}"):
        assert character not in page
    assert 'title="RIGHT-TO-LEFT OVERRIDE">[U+202E]<' in page


def test_the_texts_are_complete(review: Review) -> None:
    paragraphs = Page(render(review)).paragraphs
    arabic = [text for language, text in paragraphs if language == "ar"]
    english = [text for language, text in paragraphs if language == "en"]
    assert sorted(arabic) == sorted(result.segment.target for result in review.results)
    assert sorted(english) == sorted(
        result.back_translation.text for result in review.results if result.back_translation
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_flag_is_told_in_words_and_each_mark_leads_there(
    review: Review, language: str
) -> None:
    html = render(review, language=language)
    page = Page(html)
    identifiers = Counter(page.values["id"])
    assert max(identifiers.values()) == 1
    assert {value[1:] for value in page.values["href"]} <= set(identifiers)
    flags = [flag for result in review.results for flag in result.flags]
    assert len([i for i in identifiers if re.fullmatch(r"s\d+f\d+", i)]) == len(flags)
    for flag in flags:
        reason = flag.reason.in_language(language)
        assert reason in page.text
        assert any(tooltip(reason, language) in title for title in page.values["title"])


def test_worst_first_and_boilerplate_folded_at_the_end(review: Review) -> None:
    page = render(review)
    order = [int(number) for number in re.findall(r'data-number="(\d+)"', page)]
    assert sorted(order) == list(range(1, len(review.results) + 1))
    worst = next(
        number
        for number, result in enumerate(review.results, 1)
        if any(flag.severity is Severity.CRITICAL for flag in result.flags)
    )
    assert order[0] == worst
    folded = page[page.index("<details>") :]
    assert "[ad_1]" in folded
    assert "[ad_1]" not in page[: page.index("<details>")]


def test_the_policy_allows_this_style_and_script_and_nothing_else(review: Review) -> None:
    page = render(review)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = policy[1].replace("&#39;", "'")
    assert rules.startswith("default-src 'none'; ")
    assert "unsafe" not in rules
    for element in ("style", "script"):
        body = re.search(f"<{element}>(.*?)</{element}>", page, re.DOTALL)
        assert body is not None
        digest = b64encode(sha256(body[1].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in rules
    assert not re.search(r"https?:|url\(|@import|\ssrc=|\sstyle=", page)


@pytest.mark.parametrize(
    ("basis", "english"),
    [
        (Basis.TARGET_ONLY, "cannot prove"),
        (Basis.ROUND_TRIP, "by its own translation to English"),
        (Basis.REFERENCE, "human translation"),
        (Basis.SOURCE, "English source"),
    ],
)
def test_plain_words_for_every_basis(review: Review, basis: Basis, english: str) -> None:
    results = tuple(replace(r, quality=replace(r.quality, basis=basis)) for r in review.results)
    page = render(replace(review, results=results))
    told = page[page.index("What the scores can") : page.index("A flag is a suspicion")]
    assert english in told


def test_document_scores_carry_signature_and_not_scored_is_not_zero(review: Review) -> None:
    unscored = Score.unscored("comet", "comet|v:1", Basis.SOURCE, "there is no source")
    page = Page(render(replace(review, scores=(unscored,)))).text
    assert "bs:1000|seed:12345" in page
    assert "mqm|linear" in page
    assert "there is no source" in page
    empty = replace(review, results=(), document=replace(review.document, segments=()))
    assert "not scored" in Page(render(empty)).text


def test_a_correction_shows_what_changed(review: Review, decide: Decide) -> None:
    result = next(r for r in review.results if r.segment.target.startswith("في وقت لاحق"))
    after = result.segment.target.replace("الجانبين", "الجانبان")
    page = render(review.with_decisions([decide(result, Verdict.EDIT, after)]))
    assert "<del>الجانبين</del>" in page
    assert "<ins>الجانبان</ins>" in page
    assert after in [t for _, t in Page(page).paragraphs]
    assert "<del>" not in render(review)


def test_a_source_is_compared_with_the_back_translation(review: Review) -> None:
    first = next(r for r in review.results if r.back_translation is not None)
    assert first.back_translation is not None
    source = first.back_translation.text.replace("met", "convened").upper()
    results = tuple(
        replace(r, segment=replace(r.segment, source=source)) if r is first else r
        for r in review.results
    )
    page = render(replace(review, results=results))
    assert "<del>CONVENED</del>" in page
    assert "<ins>met</ins>" in page


def test_a_dismissed_flag_is_gone_and_counted(review: Review, decide: Decide) -> None:
    result = next(r for r in review.results if r.segment.target.startswith("وقالت في"))
    flag = result.flags[0]
    page = render(
        review.with_decisions([decide(result, Verdict.DISMISS_FLAG, flag=flag.fingerprint)])
    )
    assert flag.reason.english not in page
    assert "Dismissed by reviewers, counted nowhere: 1" in page


def test_comments_and_marked_errors_are_shown(review: Review, decide: Decide) -> None:
    result = review.results[2]
    mark = Mark(0, 4, "mistranslation", Severity.MAJOR)
    decision = replace(decide(result, Verdict.MARK_ERROR), mark=mark, comment="see the original")
    page = Page(render(review.with_decisions([decision]))).text
    assert "see the original" in page
    assert result.segment.target[:4] in page
    assert "reviewer" in page
    undone = review.with_decisions([decision, decide(result, Verdict.UNDO)])
    assert "see the original" not in render(undone)


def test_a_flag_whose_text_moved_is_told_but_not_marked(review: Review) -> None:
    result = next(r for r in review.results if r.segment.target.startswith("وقالت في"))
    moved = replace(result, flags=(replace(result.flags[0], start=0, end=3),))
    results = tuple(moved if r is result else r for r in review.results)
    page = render(replace(review, results=results))
    number = review.results.index(result) + 1
    assert f'id="s{number}f0"' in page
    assert f'href="#s{number}f0"' not in page


def test_a_stale_back_translation_says_so(review: Review) -> None:
    result = next(r for r in review.results if r.back_translation)
    assert result.back_translation is not None
    stale = replace(result, back_translation=replace(result.back_translation, of="other"))
    results = tuple(stale if r is result else r for r in review.results)
    assert "made from another version of the Arabic" not in render(review)
    assert "made from another version of the Arabic" in render(replace(review, results=results))


def test_only_the_worst_are_listed_and_the_page_says_so(review: Review) -> None:
    page = render(review, row_limit=3)
    assert page.count("data-number=") == 3
    assert "Listed are the 3 worst of 23 segments" in page
    assert "Listed are" not in render(review)


def test_arabic_interface_is_mirrored_and_has_no_english_left(review: Review) -> None:
    page = render(review, language="ar-EG")
    assert '<html lang="ar" dir="rtl">' in page
    parsed = Page(page).text
    assert "المقاطع، الأسوأ أولا" in parsed
    for word in ("Segments", "Quality", "Flags", "Reasons", "Suggestion"):
        assert word not in parsed
    positions = [
        [
            float(x)
            for x in re.findall(r'<text x="([\d.]+)" y="160">', render(review, language=code))
        ]
        for code in ("en", "ar")
    ]
    assert positions[0] == sorted(positions[0])
    assert positions[1] == sorted(positions[1], reverse=True)


def test_every_text_of_the_interface_is_in_both_languages_and_used() -> None:
    folder = files("mtreview.html_report").joinpath("resources")
    table = tomllib.loads(folder.joinpath("strings.toml").read_text(encoding="utf-8"))
    code = folder.joinpath("report.html.jinja").read_text(encoding="utf-8")
    for module in ("page.py", "rows.py"):
        code += files("mtreview.html_report").joinpath(module).read_text(encoding="utf-8")
    used = set(re.findall(r'(?:\bt|words)\(f?["\']([a-z_]+)', code))
    for key, entry in table.items():
        assert entry.keys() == {"en", "ar"}
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in entry.values()
        ]
        assert fields[0] == fields[1], key
        assert any(key == name or (name.endswith("_") and key.startswith(name)) for name in used), (
            key
        )


def test_marks_of_html() -> None:
    before, after = differences("a <b> c", "a d c")
    assert (str(before), str(after)) == ("a <del>&lt;b&gt;</del> c", "a <ins>d</ins> c")
    assert str(highlighted("a&b", [])) == "a&amp;b"
    assert str(plain("a\N{ZERO WIDTH SPACE}b")) == (
        'a<bdi class="hidden-character" title="ZERO WIDTH SPACE">[U+200B]</bdi>b'
    )


def test_words_of_the_other_script_cannot_change_places() -> None:
    reason = "after the feminine الإيديولوجية; المسيحية agrees"
    assert str(prose(reason, "en")) == (
        "after the feminine <bdi>الإيديولوجية</bdi>; <bdi>المسيحية</bdi> agrees"
    )
    assert str(prose("كلمة Le Monde هنا", "ar")) == "كلمة <bdi>Le Monde</bdi> هنا"
    first, last = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    assert tooltip("a قال; قالت\N{RIGHT-TO-LEFT OVERRIDE}", "en") == (
        f"a {first}قال{last}; {first}قالت{last}[U+202E]"
    )
    assert str(prose("<قال>", "en")) == "&lt;<bdi>قال</bdi>&gt;"


def test_a_quoted_space_can_be_seen() -> None:
    assert str(excerpt(" ")) == "\N{OPEN BOX}"
    assert str(excerpt(" ،")) == " ،"


def test_ten_thousand_segments_are_rendered_in_seconds(review: Review) -> None:
    results = []
    for number in range(10_000):
        base = review.results[number % len(review.results)]
        segment = replace(base.segment, id=f"{number}")
        flags = tuple(replace(flag, segment_id=segment.id) for flag in base.flags)
        results.append(replace(base, segment=segment, flags=flags))
    document = replace(review.document, segments=tuple(r.segment for r in results))
    begun = time.perf_counter()
    page = render(Review(document, tuple(results)))
    assert time.perf_counter() - begun < 20
    assert page.count("data-number=") == ROW_LIMIT
