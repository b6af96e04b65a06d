"""Reading articles from files and folders: .jsonl, .json, .html, and .txt as raw copies of web pages."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.sources.encoding import binary, decode
from bot.sources.items import Defaults, Item, Limits, Rejected, Unusable
from bot.sources.pages import article_of_html, article_of_text
from bot.sources.records import articles_of
from retrieval import Article


def read_paths(
    paths: Iterable[Path],
    defaults: Defaults = Defaults(),  # noqa: B008 - a NamedTuple never changes
    limits: Limits = Limits(),  # noqa: B008 - a NamedTuple never changes
) -> Iterator[Item]:
    """The articles of the files and of all files in the folders, and a `Rejected` for whatever gives none.

    One file, and of a .jsonl file one line, is held in memory at a time. Folders are read in the order of their names;
    a folder that was seen already, as a loop of links would show it, is not entered again.
    """
    url_taken_by = ""
    for path in _files(paths):
        if isinstance(path, Rejected):
            yield path
            continue
        where = shown(path)
        for item in _read_file(path, where, defaults, limits):
            if isinstance(item, Article) and defaults.url and item.url == defaults.url:
                if url_taken_by:
                    yield Rejected(where, f"--url names one article, and {url_taken_by} has it already")
                    continue
                url_taken_by = where
            yield item


def count_articles(paths: Iterable[Path]) -> int:
    """About how many articles the paths hold: the lines of .jsonl files, and one in every other that can be read."""
    return sum(_about(path) for path in _files(paths) if isinstance(path, Path))


def _about(path: Path) -> int:
    if path.suffix.lower() != ".jsonl":
        return int(path.suffix.lower() in _READERS)
    try:
        with path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(2**20), b""))
    except OSError:
        return 0


def shown(path: Path) -> str:
    """The path in characters that can be printed, whatever bytes its name is made of."""
    name = os.fsencode(path).decode("utf-8", errors="replace")
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _files(paths: Iterable[Path]) -> Iterator[Path | Rejected]:
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(path, seen, None)


def _walk(path: Path, seen: set[tuple[int, int]], within: Path | None) -> Iterator[Path | Rejected]:
    """The files at the path; of what stands in a folder, only what is `within` the folder that was named."""
    try:
        if within is not None and path.is_symlink() and not path.resolve().is_relative_to(within):
            yield Rejected(shown(path), "left out: it is a link that leads out of the folder", skipped=True)
            return
        found = path.stat()
        if not stat.S_ISDIR(found.st_mode):
            yield path if stat.S_ISREG(found.st_mode) else Rejected(shown(path), "is not a file")
            return
        if (found.st_dev, found.st_ino) in seen:
            return
        seen.add((found.st_dev, found.st_ino))
        children = sorted(path.iterdir())
    except OSError as error:
        yield Rejected(shown(path), f"cannot be read: {error.strerror or error}")
        return
    for child in children:
        yield from _walk(child, seen, within or path.resolve())


def _read_file(path: Path, where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        yield Rejected(where, f"left out: files of articles end in {', '.join(_READERS)}", skipped=True)
        return
    try:
        yield from reader(path, where, defaults, limits)
    except Unusable as unusable:
        yield Rejected(where, str(unusable))
    except OSError as error:
        yield Rejected(where, f"cannot be read: {error.strerror or error}")


def _read_lines(path: Path, where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    count = 0
    with path.open("rb") as file:
        head = file.read(4096)
        if binary(head):
            raise Unusable("is a binary file, not text")
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Unusable("is UTF-16: save it as UTF-8")
        file.seek(3 if head.startswith(b"\xef\xbb\xbf") else 0)
        number = 0
        while line := file.readline(limits.line_bytes + 1):
            number += 1
            place = f"{where} line {number}"
            if len(line) > limits.line_bytes:
                count += 1
                while line and not line.endswith(b"\n"):
                    line = file.readline(limits.line_bytes)
                yield Rejected(place, f"is longer than {limits.line_bytes:,} bytes (MARSAD_MAX_ARTICLE_CHARS)")
            elif line.strip():
                count += 1
                try:
                    yield from articles_of(_parsed(decode(line.strip())), place, defaults, limits)
                except Unusable as unusable:
                    yield Rejected(place, str(unusable))
    if not count:
        raise Unusable("is empty")


def _read_json(path: Path, where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    records = _parsed(decode(_content(path, limits)))
    if not isinstance(records, list):
        yield from articles_of(records, where, defaults, limits)
        return
    if not records:
        raise Unusable("is an empty list")
    for number, record in enumerate(records, start=1):
        place = f"{where} item {number}"
        try:
            yield from articles_of(record, place, defaults, limits)
        except Unusable as unusable:
            yield Rejected(place, str(unusable))


def _read_html(path: Path, _where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    yield article_of_html(decode(_content(path, limits), html=True), defaults, limits)


def _read_text(path: Path, _where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    yield article_of_text(decode(_content(path, limits)), defaults, limits)


_READERS: dict[str, Callable[[Path, str, Defaults, Limits], Iterator[Item]]] = {
    ".jsonl": _read_lines,
    ".json": _read_json,
    ".html": _read_html,
    ".htm": _read_html,
    ".txt": _read_text,
}


def _content(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        size, most = path.stat().st_size / 2**20, limits.file_bytes / 2**20
        raise Unusable(
            f"has {size:,.0f} MB, more than {most:,.0f} (MARSAD_MAX_FILE_MB); as .jsonl it may have any size"
        )
    if not data.strip():
        raise Unusable("is empty")
    return data


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if "\n" not in text else f"line {error.lineno} column {error.colno}"
        raise Unusable(f"is not valid JSON: {error.msg.removesuffix(' at')} at {place}") from None
    except (ValueError, RecursionError) as error:
        raise Unusable(f"is not usable JSON: {str(error)[:80]}") from None
