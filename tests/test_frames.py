"""Data frames of pandas: a declared schema whatever is in them, and an error kept to its row."""

import pytest

from quoteattr import Config, extract
from quoteattr.errors import UsageError
from quoteattr.integrations.frames import TYPES, extract_frame, extract_frames, schema
from quoteattr.records import COLUMNS, to_dicts, to_row

pd = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'quoteattr[pandas]'")

TEXT = "Ann Lee left. “We won,” she told Bo Ray. She called it “a gift”."


def frame(texts, ids=None):
    return pd.DataFrame({"id": list(range(len(texts))) if ids is None else ids, "text": texts})


def test_the_schema_has_the_columns_of_the_records_and_the_error():
    assert [*TYPES] == [*COLUMNS, "error"]
    assert schema().split(", ")[:2] == ["id string", "speaker string"]


def test_a_row_is_a_record():
    rows = extract_frame(frame(["Nothing.", TEXT], ["a", "b"]))
    assert list(rows.columns) == [*TYPES]
    assert rows["id"].tolist() == ["b", "b"]
    for (_, row), record in zip(rows.iterrows(), to_dicts(extract(TEXT), "b"), strict=True):
        given = [None if value is pd.NA else value for value in row.tolist()]
        assert given == [*to_row(record), None]


@pytest.mark.parametrize("texts", [[], ["Nothing."], [None], [TEXT]])
def test_the_types_are_declared_and_not_found_out(texts):
    rows = extract_frame(frame(texts, pd.array([5] * len(texts), dtype="int64")))
    types = {name: str(dtype) for name, dtype in rows.dtypes.items()}
    assert types.pop("id") == "int64"
    expected = {"bigint": "Int64", "double": "Float64", "string": "string"}
    assert types == {name: expected[kind] for name, kind in TYPES.items() if name != "id"}


@pytest.mark.parametrize("missing", [None, float("nan"), "NA"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_that_is_none_is_an_error_in_its_row(missing, workers):
    rows = extract_frame(frame([TEXT, pd.NA if missing == "NA" else missing, TEXT]), workers=workers)
    assert rows["id"].tolist() == [0, 0, 1, 2, 2]
    bad = rows.iloc[2]
    assert bad["error"] == "a text is a str or a spaCy Doc; got NoneType"
    assert bad.drop(["id", "error"]).isna().all()
    assert rows["error"].isna().sum() == 4


def test_a_lone_surrogate_and_no_text_at_all_are_texts():
    texts = pd.Series(["“We \ud800 won,” said Ann Lee.", ""], dtype="object")
    assert extract_frame(frame(texts))["text"].tolist() == ["We \ud800 won,"]


def test_columns_and_settings_are_the_callers():
    known = Config(people=[{"name": "Ann Lee", "id": "Q7"}])
    articles = pd.DataFrame({"url": ["u"], "other": [1], "body": [TEXT]}, index=[99])
    rows = extract_frame(articles, text="body", id="url", kinds=("mixed",), config=known)
    assert rows[["id", "speaker_id", "kind"]].to_numpy().tolist() == [["u", "Q7", "mixed"]]
    with pytest.raises(UsageError, match="no column 'text', but url, other, body"):
        extract_frame(articles)


def test_frames_are_done_one_by_one():
    frames = extract_frames(iter([frame([TEXT]), frame(["Nothing."])]), kinds=("direct",))
    assert [len(rows) for rows in frames] == [1, 0]
