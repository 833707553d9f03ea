"""Data frames: texts in, one row a quotation out, with a schema that is declared beforehand.

`extract_frame` takes and gives a pandas data frame.  The engines that spread data frames over many machines run such a
function on every part: Spark by `extract_spark`, Dask by `map_partitions`, Ray by `map_batches`; see `examples`.  Every
machine needs quoteattr installed, and pandas, which is imported when the first frame is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from quoteattr.errors import ExtractionError, UsageError
from quoteattr.model import Config, Kind
from quoteattr.pipeline import DEFAULT_KINDS, Extractor
from quoteattr.records import COLUMNS, to_dicts, to_row

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = {"start", "end", "mention_start", "mention_end", "cue_start", "cue_end", "parent"}
TYPES = {
    **{name: "bigint" if name in _NUMBERS else "double" if name == "confidence" else "string" for name in COLUMNS},
    "error": "string",
}
"""Every column with its type, as SQL calls it: those of `quoteattr.records.to_csv`, and `error`."""

_DTYPES = {"bigint": "Int64", "double": "Float64", "string": "string[python]"}
"""The same for pandas; all of them can be missing, and strings of Python can hold every text."""


def schema(id: str = "string") -> str:
    """Return the schema as Spark's DDL; `id` is the type of the column that names the texts.

    >>> schema("bigint")[:39]
    'id bigint, speaker string, speaker_kind'
    """
    return ", ".join(f"{name} {id if name == 'id' else kind}" for name, kind in TYPES.items())


def extract_frame(
    frame: pd.DataFrame,
    *,
    text: str = "text",
    id: str = "id",
    kinds: Iterable[Kind] = DEFAULT_KINDS,
    config: Config | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Return the quotations of the texts in a data frame, one a row, in order, with the columns of `TYPES`.

    `text` and `id` are the columns with the texts and with what names them; `id` keeps its type.  A text without
    quotations gives no row.  A text that cannot be read, such as a missing one, gives one row in which nothing but `id`
    and `error` is set.  Offsets are half-open, in code points.  Raises `UsageError` for a column that is not there.

    >>> import pandas as pd
    >>> quotes = extract_frame(pd.DataFrame({"id": [7, 8], "text": ["“We won,” said Ann Lee.", None]}))
    >>> quotes["speaker"].tolist(), quotes["start"].tolist()
    (['Ann Lee', <NA>], [1, <NA>])
    >>> quotes["error"].tolist()
    [<NA>, 'a text is a str or a spaCy Doc; got NoneType']
    """
    import pandas as pd

    for column in (text, id):
        if column not in frame.columns:
            raise UsageError(f"the data frame has no column {column!r}, but {', '.join(map(str, frame.columns))}")
    positions: list[int] = []
    rows: list[list[object]] = []
    nothing: list[object] = [None] * len(COLUMNS)
    # a missing text is None, NaN or NA: one word for it
    texts = (None if one is pd.NA or one != one else one for one in frame[text])
    answers = Extractor(config).extract_many(texts, kinds=kinds, workers=workers)  # type: ignore[arg-type]
    for position, answer in enumerate(answers):
        if isinstance(answer, ExtractionError):
            found = [[*nothing, answer.message]]
        else:
            found = [[*to_row(record), None] for record in to_dicts(answer)]
        rows += found
        positions += [position] * len(found)
    columns: Iterable[Any] = zip(*rows, strict=True) if rows else ((),) * len(TYPES)
    values = {
        name: pd.array(list(column), dtype=_DTYPES[kind])
        for (name, kind), column in zip(TYPES.items(), columns, strict=True)
    }
    values["id"] = frame[id].iloc[positions].array
    return pd.DataFrame(values)


def extract_frames(frames: Iterable[pd.DataFrame], **options: Any) -> Iterator[pd.DataFrame]:
    """Yield `extract_frame` of every data frame: what Spark's `mapInPandas` and the like call."""
    for frame in frames:
        yield extract_frame(frame, **options)


def extract_spark(
    frame: Any,
    *,
    text: str = "text",
    id: str = "id",
    kinds: Iterable[Kind] = DEFAULT_KINDS,
    config: Config | None = None,
) -> Any:
    """Return the quotations of the texts in a Spark data frame, as `extract_frame` does; lazily, as Spark does.

    What Spark does again, because a task failed or a machine was lost, gives the same rows again.
    """
    for column in (text, id):
        if column not in frame.columns:
            raise UsageError(f"the data frame has no column {column!r}, but {', '.join(frame.columns)}")
    Extractor(config).extract("", kinds=kinds)  # the caller's mistakes are told here, and not by a worker
    work = partial(extract_frames, text=text, id=id, kinds=tuple(kinds), config=config)
    return frame.select(id, text).mapInPandas(work, schema(frame.schema[id].dataType.simpleString()))
