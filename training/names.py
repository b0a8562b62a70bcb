"""Make examples that teach names: lists of transliterated names, and news sentences with slots.

What: takes short pairs whose English is a capitalised word and whose Arabic has the same consonants
(the names of towns in translated programs are many), writes some as lists, and puts others into the
hand-written sentences of ``templates/news.tsv`` as persons and places, together with known persons,
countries, organisations and agencies of the other tables, dates and numbers.

Why: in a sentence tuned on a few thousand pairs, names are what goes wrong first.

Leaves alone: names whose Arabic is a translation and not a transliteration, but for those of the
tables.

Usage: names.py OUTPUT --pairs FILE... [--examples N] [--seed N]
"""

from __future__ import annotations

import argparse
import pathlib
import random
import re

TEMPLATES = pathlib.Path(__file__).parent / "templates"
NAME = re.compile(r"^[A-Z][a-z]{2,13}(?:[ -][A-Z][a-z]{2,13})?$")
ARABIC_NAME = re.compile(r"^[\u0621-\u064a]{3,14}(?: [\u0621-\u064a]{3,14})?$")
ARABIC_TO_ENGLISH_SHARE = 0.7
LIST_SHARE = 0.25
KNOWN_PERSON_SHARE, OTHER_SPELLING_SHARE, LOOSE_COMMA_SHARE = 0.4, 0.25, 0.2
ADJECTIVE = 4  # its column in places.tsv; countries whose adjective is two words have none
QUOTATION_MARKS = (("«", "»"), ("“", "”"), ('"', '"'))

ARABIC_SOUNDS = dict(zip("بپفڤتطدضثذظسصشزجغخقكحلمنرژچ", "BBFFTTDDSSSSSSSKKKKKKLMNRSS", strict=True))
ENGLISH_SOUNDS = {
    **dict.fromkeys("bp", "B"),
    **dict.fromkeys("fv", "F"),
    "t": "T",
    "d": "D",
    **dict.fromkeys("szx", "S"),
    **dict.fromkeys("gkqcjh", "K"),
    "l": "L",
    "m": "M",
    "n": "N",
    "r": "R",
}
DIGRAPHS = (("sh", "s"), ("ch", "s"), ("th", "s"), ("ph", "f"), ("kh", "k"), ("gh", "g"))

DAYS = (
    ("الاثنين", "Monday"),
    ("الثلاثاء", "Tuesday"),
    ("الأربعاء", "Wednesday"),
    ("الخميس", "Thursday"),
    ("الجمعة", "Friday"),
    ("السبت", "Saturday"),
    ("الأحد", "Sunday"),
)
MONTHS = (
    ("يناير", "كانون الثاني", "January"),
    ("فبراير", "شباط", "February"),
    ("مارس", "آذار", "March"),
    ("أبريل", "نيسان", "April"),
    ("مايو", "أيار", "May"),
    ("يونيو", "حزيران", "June"),
    ("يوليو", "تموز", "July"),
    ("أغسطس", "آب", "August"),
    ("سبتمبر", "أيلول", "September"),
    ("أكتوبر", "تشرين الأول", "October"),
    ("نوفمبر", "تشرين الثاني", "November"),
    ("ديسمبر", "كانون الأول", "December"),
)
TITLES = (
    ("وزير الخارجية", "Foreign Minister"),
    ("وزير الدفاع", "Defence Minister"),
    ("رئيس الوزراء", "Prime Minister"),
    ("الرئيس", "President"),
    ("المستشار", "Chancellor"),
    ("المبعوث الخاص", "Special Envoy"),
    ("وزير الداخلية", "Interior Minister"),
    ("الأمين العام", "Secretary-General"),
)
FEW = (
    ("ثلاثة", "ثلاث", "three"),
    ("أربعة", "أربع", "four"),
    ("خمسة", "خمس", "five"),
    ("ستة", "ست", "six"),
    ("عشرة", "عشر", "ten"),
)
"""Arabic numbers that count masculine nouns, feminine nouns, and English."""


Pair = tuple[str, str]


def consonants(text: str, sounds: dict[str, str]) -> str:
    """Return the classes of the consonants of a name, doubled ones once.

    >>> consonants("brindisi", ENGLISH_SOUNDS), consonants("برينديزي", ARABIC_SOUNDS)
    ('BRNDS', 'BRNDS')
    """
    for digraph, letter in DIGRAPHS:
        text = text.replace(digraph, letter)
    found = "".join(sounds.get(character, "") for character in text)
    return re.sub(r"(.)\1+", r"\1", found)


def read_names(paths: list[pathlib.Path]) -> list[Pair]:
    """Return Arabic and English of the names that are transliterations of each other."""
    names = set()
    for path in paths:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                _, arabic, english = line.rstrip("\n").split("\t")
                if not (NAME.match(english) and ARABIC_NAME.match(arabic)):
                    continue
                skeleton = consonants(english.lower(), ENGLISH_SOUNDS)
                if len(skeleton) > 1 and skeleton == consonants(arabic, ARABIC_SOUNDS):
                    names.add((arabic, english))
    return sorted(names)


class Slots:
    """What the slots of the templates are filled from."""

    def __init__(self, names: list[Pair]) -> None:
        self.names = names
        self.single = [name for name in names if " " not in name[0] and " " not in name[1]]
        self.places = read_table("places.tsv")
        self.with_adjective = [place for place in self.places if len(place) > ADJECTIVE + 1]
        self.cities = [(row[0], row[1]) for row in read_table("cities.tsv")]
        self.agencies = [(row[0], row[1]) for row in read_table("agencies.tsv")]
        self.organisations = read_table("organisations.tsv")
        persons = read_table("persons.tsv")
        self.men = [row for row in persons if row[0] == "m"]
        self.women = [row for row in persons if row[0] == "f"]

    def person(self, chance: random.Random) -> Pair:
        """Return a known man, or two names that nobody has together."""
        if chance.random() < KNOWN_PERSON_SHARE:
            _, given, family, its_given, its_family, _, _ = chance.choice(self.men)
            return f"{given} {family}", f"{its_given} {its_family}"
        first, last = chance.sample(self.single, 2)
        return f"{first[0]} {last[0]}", f"{first[1]} {last[1]}"

    def date(self, chance: random.Random) -> Pair:
        """Return day and month, in one of the two sets of Arabic months and two English orders."""
        month, day = chance.choice(MONTHS), chance.randint(1, 30)
        english = chance.choice([f"{day} {month[2]}", f"{month[2]} {day}"])
        return f"{day} {chance.choice(month[:2])}", english

    def values(self, chance: random.Random) -> dict[str, Pair]:
        """Return a choice for every slot, no two persons, places or days the same."""
        values: dict[str, Pair] = {}
        places = chance.sample(self.places, 3)
        adjectives = chance.sample(self.with_adjective, 2)
        officials = chance.sample(self.men, 2)
        for number, place in zip(("", "2", "3"), places, strict=True):
            values[f"person{number}"] = self.person(chance)
            values[f"country{number}"] = (place[0], place[1])
            values[f"city{number}"] = chance.choice(
                [(place[2], place[3]), chance.choice(self.cities), chance.choice(self.names)]
            )
            # Arabic counts in another case from 11 to 99 than by hundreds; templates say which.
            values[f"number{number}"] = (str(chance.randint(11, 99)),) * 2
            values[f"hundreds{number}"] = (str(100 * chance.randint(2, 9)),) * 2
        for number, place, official in zip(("", "2"), adjectives, officials, strict=True):
            values[f"adj{number}"] = (place[ADJECTIVE], place[ADJECTIVE + 1])
            _, given, family, its_given, its_family, title, its_title = official
            name = (f"{given} {family}", f"{its_given} {its_family}")
            values[f"official{number}"] = (f"{title} {name[0]}", f"{its_title} {name[1]}")
            values[f"surname{number}"] = (family, its_family)
        woman = chance.choice(self.women)
        values["woman"] = (f"{woman[5]} {woman[1]} {woman[2]}", f"{woman[6]} {woman[3]} {woman[4]}")
        values["day"], values["day2"] = chance.sample(DAYS, 2)
        values["date"], values["title"] = self.date(chance), chance.choice(TITLES)
        few, few_feminine, its_few = chance.choice(FEW)
        values["few"], values["few_f"] = (few, its_few), (few_feminine, its_few)
        values["agency"] = chance.choice(self.agencies)
        values["org"], values["orgm"] = (
            chance.choice([(row[1], row[2]) for row in self.organisations if row[0] in genders])
            for genders in ("mf", "m")
        )
        values["year"] = (str(chance.randint(1941, 2025)),) * 2
        for name in ("adj", "agency"):
            arabic, english = values[name]
            values[name.capitalize()] = (arabic, english[0].upper() + english[1:])
        return values


def fill(template: Pair, slots: Slots, chance: random.Random) -> Pair:
    """Return a template with its slots filled, the same on both sides."""
    values = slots.values(chance)
    arabic, english = (
        template[side].format(**{slot: pair[side] for slot, pair in values.items()})
        for side in (0, 1)
    )
    opening, closing = chance.choice(QUOTATION_MARKS)
    arabic = arabic.replace("«", opening).replace("»", closing)
    if chance.random() < OTHER_SPELLING_SHARE:
        arabic = arabic.replace("أمريكي", "أميركي")
    return arabic, english[0].upper() + english[1:]


def with_loose_commas(arabic: str, chance: random.Random) -> str:
    """Return some sentences with a space before each comma, as many Arabic texts have it."""
    return arabic.replace("،", " ،") if chance.random() < LOOSE_COMMA_SHARE else arabic


def list_of_names(names: list[Pair], chance: random.Random) -> Pair:
    """Return some names, joined by commas and an "and"."""
    chosen = chance.sample(names, chance.randint(3, 7))
    arabic = "، ".join(name[0] for name in chosen[:-1]) + f" و{chosen[-1][0]}"
    english = ", ".join(name[1] for name in chosen[:-1]) + f" and {chosen[-1][1]}"
    return arabic, english


def read_table(name: str) -> list[list[str]]:
    """Return the rows of a table of the templates folder."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description="Make examples that teach names.")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--pairs", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    names = read_names(arguments.pairs)
    templates = [(row[0], row[1]) for row in read_table("news.tsv")]
    slots = Slots(names)
    with arguments.output.open("w", encoding="utf-8") as stream:
        for _ in range(arguments.examples):
            if chance.random() < LIST_SHARE:
                arabic, english = list_of_names(names, chance)
            else:
                arabic, english = fill(chance.choice(templates), slots, chance)
            if chance.random() < ARABIC_TO_ENGLISH_SHARE:
                stream.write(f"ar-en\t{with_loose_commas(arabic, chance)}\t{english}\n")
            else:
                stream.write(f"en-ar\t{english}\t{arabic}\n")
    print(f"{len(names)} names, {arguments.examples} examples")


if __name__ == "__main__":
    main()
