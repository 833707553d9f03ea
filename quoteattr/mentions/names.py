"""Proper names in the whole text: by their shape, their titles and the company they keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

import attrs

from quoteattr.lexicon import Lexicon, words_of
from quoteattr.mentions.corrections import (
    begin_after_cues,
    drop_words,
    end_at_verbs,
    join_bodies,
    join_nicknames,
    keep_persons,
    keep_surnames,
    name_families,
    part_headlines,
    particle_start,
    share_surnames,
)
from quoteattr.mentions.roles import is_oblique, place
from quoteattr.mentions.runs import Reading, begins_sentence, make_run_pattern, read_bare, read_runs
from quoteattr.mentions.words import UPPER
from quoteattr.values import Name, Paragraph

# a word in capitals without one is an abbreviation
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
# labels of a transcript that name nobody
_LABELS = words_of("turn labels")
# OSLO, March 3 (Wire) - The mayor
_DATELINE = re.compile(
    rf"[{UPPER}]{{2}}[{UPPER} .'’-]{{0,30}}(?:, [^\n()–—-]{{1,40}})? ?"
    rf"(?:\([^()\n]{{1,30}}\) ?)?(?:--|[-–—]) (?=[{UPPER}“\"])"
)


def find_names(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Name]:
    """Find every proper name, in text order.

    Errors: none; a capitalised word that is no name comes back with the kind "other" or not at all.
    """
    judge = partial(is_oblique, text, lexicon)
    names = [
        place(text, start, paragraph, reading, lexicon, judge)
        for start, paragraph, reading in _find_readings(text, paragraphs, lexicon)
    ]
    names = part_headlines(text, end_at_verbs(text, begin_after_cues(text, names, lexicon), lexicon), lexicon)
    names = join_nicknames(text, names, lexicon)
    names = keep_surnames(text, keep_persons(text, names, lexicon), lexicon)
    names = name_families(text, share_surnames(text, names, lexicon), lexicon)
    return join_bodies(text, drop_words(text, names, paragraphs, lexicon), lexicon)


def _find_readings(text: str, paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[tuple[int, int, Reading]]:
    """Find the names in every run of capitalised words, each with the start of the run and its paragraph."""
    pattern = make_run_pattern(lexicon.particles)
    runs = read_runs(lexicon)
    holders: set[str] = set()
    for number, paragraph in enumerate(paragraphs):
        begin = floor = paragraph.start
        label = begin if paragraph.kind == "turn" else -1
        if (dated := _DATELINE.match(text, begin, paragraph.end)) is not None:
            begin = floor = dated.end()
        for found in pattern.finditer(text, begin, paragraph.end):
            start, end = found.span()
            before = text[start - 1 : start]
            if before == "-":
                start = particle_start(text, start, floor, lexicon)
            inside = before == " " and start - 2 >= begin and text[start - 2].isalnum()
            initial = not inside and begins_sentence(text, start, begin)
            if start == label and text[start:end].lower() in _LABELS:
                floor = end
                continue  # Q: and A: name nobody
            readings = runs[initial][text[start:end]]
            if start == label:
                readings = _read_label(text[start:end], readings, holders, lexicon)
            for reading in readings:
                yield start, number, reading
            floor = end


def _read_label(run: str, readings: tuple[Reading, ...], holders: set[str], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Read the label of a turn; `holders` are the surnames in capitals of the whole names before it."""
    if " " in run and run.lower() in lexicon.roles:
        return ()  # DIRECTOR GENERAL
    if run in holders:
        return (attrs.evolve(read_bare(run, 0, initial=False), kind="unknown"),)  # KING, after LARRY KING
    if run.isupper() and len(readings) == 1:
        core = readings[0].core
        if readings[0].title or core[0].title() in lexicon.given_names:
            holders.add(core[-1])
    return tuple(_read_capitals(reading, lexicon) for reading in readings)


def _read_capitals(reading: Reading, lexicon: Lexicon) -> Reading:
    """Read one word in capitals as a person’s name: OKAFOR; not NGX, nor a body."""
    word = reading.core[0]
    if len(reading.core) == 1 and reading.kind == "other":
        return attrs.evolve(reading, kind="unknown")  # BC, of Ben Crewe
    person = len(reading.core) == 1 and word not in lexicon.organizations and not _VOWELS.isdisjoint(word)
    return attrs.evolve(reading, kind="unknown") if person and reading.kind == "organization" else reading
