import pytest

from mtreview.ui.alignment import links


def pairs(target, back):
    return [(target[slice(*link.target)], back[slice(*link.back)]) for link in links(target, back)]


@pytest.mark.parametrize(
    ("target", "back", "expected"),
    [
        ("ديمتري بيسكوف", "Dmitry Peskov", [("ديمتري", "Dmitry"), ("بيسكوف", "Peskov")]),
        ("في إسطنبول", "in Istanbul", [("إسطنبول", "Istanbul")]),
        ("وقال لافروف", "Lavrov said", [("لافروف", "Lavrov")]),
        ("إدارة ترامب", "Trump's administration", [("ترامب", "Trump's")]),
        ("عام ٢٠١٤ و2022", "in 2014 and 2022", [("٢٠١٤", "2014"), ("2022", "2022")]),
        ("1,200 جندي", "1200 soldiers", [("1,200", "1200")]),
        ("٣٫٥ مليون", "3.5 million", [("٣٫٥", "3.5")]),
    ],
)
def test_numbers_and_names_that_came_through_are_linked(target, back, expected):
    assert pairs(target, back) == expected


@pytest.mark.parametrize(
    ("target", "back"),
    [
        ("27 يومًا", "28 days"),
        ("٢٫٠٥ مليون", "2.5 million"),
        ("رئيس الوزراء", "Russia"),
        ("المحادثات في الرياض", "Washington talks"),
        ("", "Putin"),
    ],
)
def test_what_did_not_come_through_is_not_linked(target, back):
    assert pairs(target, back) == []


def test_each_name_is_linked_once():
    assert len(links("بوتين", "Putin met Putin")) == 1
