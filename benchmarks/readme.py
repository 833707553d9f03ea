"""The parts of README.md that commands write: each between two comments that name it."""

import corpora

PATH = corpora.CHECKOUT / "README.md"


def marks(part: str) -> tuple[str, str]:
    """The lines around a part."""
    return f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->\n"


def read(part: str) -> list[str]:
    """The lines of a part as they stand."""
    before, after = marks(part)
    return PATH.read_text(encoding="utf-8").partition(before)[2].partition(after)[0].splitlines()


def replace(part: str, lines: list[str]) -> None:
    """Writes the lines of a part."""
    before, after = marks(part)
    head, begun, rest = PATH.read_text(encoding="utf-8").partition(before)
    _, ended, tail = rest.partition(after)
    if not (begun and ended):
        raise SystemExit(f"README.md has no part {part}: write {before}{after}".rstrip())
    body = "".join(f"{line}\n" for line in lines)
    PATH.write_text(f"{head}{before}{body}{after}{tail}", encoding="utf-8")


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"
