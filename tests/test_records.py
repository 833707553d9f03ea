import csv
import io
import json

from quoteattr.model import Config, Mention, Quote, Quotes, Span, Speaker
from quoteattr.records import COLUMNS, to_csv, to_dict, to_dicts, to_jsonl, to_table

TEXT = "“We won,” Ann Lee told Bo Ray, “twice.” The “day” was \x1b[31mlong."
ANN = Speaker("Ann Lee", "person", id="Q1")
SPLIT = Quote(
    ANN,
    "We won, twice.",
    (Span(1, 8), Span(32, 38)),
    "direct",
    Mention(10, 17, "name", "Ann Lee"),
    Span(18, 22),
    addressee=Speaker("Bo Ray", "person"),
    rule="by hand",
    confidence=0.75,
)
UNKNOWN = Quote(None, "day", (Span(45, 48),), "mixed", clause=(Span(40, 58),), parent=0, rule="none", reason="no cue")
QUOTES = Quotes((SPLIT, UNKNOWN), TEXT, Config())


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_record_has_every_field_and_every_offset_is_a_slice():
    record = to_dict(SPLIT, TEXT, id="a")
    assert record == {
        "id": "a",
        "speaker": "Ann Lee",
        "speaker_kind": "person",
        "speaker_id": "Q1",
        "text": "We won, twice.",
        "start": 1,
        "end": 38,
        "spans": [[1, 8], [32, 38]],
        "kind": "direct",
        "mention": {"text": "Ann Lee", "start": 10, "end": 17, "kind": "name"},
        "cue": {"text": "told", "start": 18, "end": 22},
        "clause": [],
        "addressee": "Bo Ray",
        "parent": None,
        "rule": "by hand",
        "confidence": 0.75,
        "reason": None,
    }
    assert " ".join(TEXT[start:end] for start, end in record["spans"]) == record["text"]


def test_without_the_text_the_words_of_a_cue_are_unknown():
    assert to_dict(SPLIT)["cue"] == {"text": None, "start": 18, "end": 22}


def test_an_unknown_speaker_is_null_and_has_a_reason():
    record = to_dicts(QUOTES)[1]
    assert (record["speaker"], record["mention"], record["cue"], record["addressee"]) == (None, None, None, None)
    assert (record["reason"], record["parent"], record["clause"]) == ("no cue", 0, [[40, 58]])


def test_jsonl_is_one_object_a_line_and_keeps_the_letters():
    quotes = Quotes(
        (Quote(None, "é\u2028ü", (Span(0, 3),), "direct", rule="none", reason="none"),), "é\u2028ü", Config()
    )
    assert to_jsonl(QUOTES, id=3) == "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in to_dicts(QUOTES, 3))
    assert "é" in to_jsonl(quotes)
    assert to_jsonl(quotes).count("\n") == 1
    assert to_jsonl(Quotes((), "", Config())) == ""


def test_csv_has_flat_columns_that_read_back():
    first, second = rows_of(to_csv(QUOTES, id="a"))
    assert tuple(first) == COLUMNS
    assert (first["spans"], first["mention_start"], first["cue"], first["cue_end"]) == ("1:8 32:38", "10", "told", "22")
    assert (second["speaker"], second["mention"], second["clause"], second["parent"]) == ("", "", "40:58", "0")
    assert to_csv(QUOTES, header=False).count("\n") == 2


def test_csv_keeps_newlines_and_marks_inside_a_text():
    text = 'A "b",\nc'
    quotes = Quotes((Quote(None, text, (Span(0, 8),), "direct", rule="none", reason="none"),), text, Config())
    assert rows_of(to_csv(quotes))[0]["text"] == text


def test_a_table_fits_its_width_on_one_line_a_quote():
    words = "word " * 50
    quotes = Quotes((SPLIT, Quote(ANN, words, (Span(0, 250),), "direct", rule="by hand")), words, Config())
    lines = to_table(quotes, width=60).split("\n")
    assert len(lines) == 3
    assert all(len(line) <= 60 for line in lines)
    assert lines[2].endswith("…")
    assert lines[0].split() == ["speaker", "kind", "start–end", "text"]


def test_a_table_steers_no_terminal():
    quote = Quote(None, "a\x1b[31mb\nc", (Span(0, 8),), "direct", rule="none", reason="none")
    table = to_table(Quotes((quote,), "", Config()))
    assert "\x1b" not in table
    assert "unknown" in table
    assert table.count("\n") == 1
