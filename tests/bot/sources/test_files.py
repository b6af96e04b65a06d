from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from bot.sources import Defaults, Item, Limits, Rejected, Remark, count_articles, read_paths
from retrieval import Article

BODY = "قال مسؤول في البلدة إن ثلاثة عمال أصيبوا حين سقطت رافعة في الميناء صباح اليوم."


def line(**given: object) -> str:
    return json.dumps({"body": BODY, **given}, ensure_ascii=False) + "\n"


def read(*paths: Path, defaults: Defaults = Defaults(), limits: Limits = Limits()) -> list[Item]:  # noqa: B008 - they never change
    return list(read_paths(paths, defaults, limits))


def articles(items: list[Item]) -> list[Article]:
    return [one for one in items if isinstance(one, Article)]


def rejected(items: list[Item]) -> list[str]:
    return [str(one) for one in items if isinstance(one, Rejected)]


def test_a_line_gives_its_article_with_every_key_and_keeps_unknown_ones_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        line(id="x1", title="رافعة", outlet="صحيفة الميناء", published="2024-05-01", url="https://e.org/1", tags=["a"])
    )
    assert read(path) == [
        Article(
            id="x1",
            title="رافعة",
            outlet="صحيفة الميناء",
            published=dt.date(2024, 5, 1),
            url="https://e.org/1",
            body=BODY,
            extra={"tags": ["a"]},
        )
    ]


def test_without_an_id_the_url_names_an_article_and_failing_that_its_title_and_body(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        line(url="https://e.org/1")
        + line(url="https://e.org/1", title="غير")
        + line(title="أول")
        + line(title="ثان")
        + line(title="أول", outlet="أخرى")
        + line(id=17)
    )
    ids = [one.id for one in articles(read(path))]
    assert ids[0] == ids[1]
    assert ids[2] == ids[4]
    assert len(set(ids)) == 4
    assert ids[5] == "17"
    assert ids == [one.id for one in articles(read(path))]


def test_each_broken_line_is_named_and_the_others_go_in(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    broken: list[bytes] = [
        b'{"body": "cut',
        b'["a list"]',
        b"7",
        b'{"title": "no body"}',
        b'{"body": "  "}',
        b'{"body": ["x"]}',
        b'{"body": "x", "title": {"a": 1}}',
        b'{"body": "a\\u0000b"}',
        b'{"body": "a\\ud800b"}',
        b'{"body": "a \xff b"}',
        b"[" * 100_000,
        b'{"body": ' + b"1" * 5000 + b"}",
    ]
    good = line().encode()
    path.write_bytes(good + b"\n".join(broken) + b"\n\n" + good)
    items = read(path)
    assert len(articles(items)) == 2
    said = rejected(items)
    assert [one.split(":")[0] for one in said] == [f"{path} line {n}" for n in range(2, 2 + len(broken))]
    assert all("\n" not in one and len(one) < 300 for one in said)


def test_a_line_that_is_too_long_is_passed_over_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    limits = Limits(article_chars=1000)
    path.write_text(line(id=1) + "x" * (3 * limits.line_bytes) + "\n" + line(id=2) + "y" * (2 * limits.line_bytes))
    items = read(path, limits=limits)
    assert [one.id for one in articles(items)] == ["1", "2"]
    assert [one.split(":")[0] for one in rejected(items)] == [f"{path} line 2", f"{path} line 4"]


def test_an_article_that_is_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(id=1, body="ب" * 1001) + line(id=2, body="ب" * 1000))
    items = read(path, limits=Limits(article_chars=1000))
    assert [one.id for one in articles(items)] == ["2"]
    assert "1,001 characters" in rejected(items)[0]


def test_a_folder_gives_all_good_ones_and_a_line_about_each_other_thing(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "good.txt").write_text(BODY)
    (tmp_path / "good.jsonl").write_text(line(id=1) + "{broken\n" + line(id=2))
    (tmp_path / "good.json").write_text(json.dumps([{"body": BODY, "id": "3"}, 4, {"body": BODY, "id": "5"}]))
    (tmp_path / "one.JSON").write_text(json.dumps({"body": BODY, "id": "6"}))
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "binary.jsonl").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "document.txt").write_bytes(b"%PDF-1.7 \xd9\x82")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "empty.jsonl").write_bytes(b"\n \n")
    (tmp_path / "empty.json").write_bytes(b"[]")
    (tmp_path / "huge.txt").write_bytes(b"\xd9\x82" * 600_000)
    (tmp_path / "huge.jsonl").write_bytes(b"\xd9\x82" * 4_600_000)
    (tmp_path / "bad-utf8.txt").write_bytes(BODY.encode()[:-30] + b"\xd8 \xff" + BODY.encode())
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    items = read(tmp_path, limits=Limits(file_bytes=2**20))
    assert len(articles(items)) == 6
    named = {one.split(":")[0].removeprefix(f"{tmp_path}/") for one in rejected(items)}
    assert named == {
        "good.jsonl line 2", "good.json item 2", "binary.txt", "binary.jsonl", "document.txt", "empty.txt",
        "empty.jsonl", "empty.json", "huge.txt", "huge.jsonl line 1", "bad-utf8.txt", "picture.png",
        "gone.txt", "pipe.txt",
    }  # fmt: skip
    assert len(rejected(items)) == len(named)
    assert [one.where for one in items if isinstance(one, Rejected) and one.skipped] == [f"{tmp_path}/picture.png"]


def test_defaults_fill_what_the_files_do_not_say(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(id=1, outlet="صحيفة الميناء", published="2020-01-01") + line(id=2))
    defaults = Defaults(outlet="موقع السهل", published=dt.date(2024, 5, 1))
    assert [(one.outlet, one.published) for one in articles(read(path, defaults=defaults))] == [
        ("صحيفة الميناء", dt.date(2020, 1, 1)),
        ("موقع السهل", dt.date(2024, 5, 1)),
    ]


def test_one_url_is_given_to_one_article_only(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(BODY + name)
    items = read(tmp_path, defaults=Defaults(url="https://e.org/1"))
    assert len(articles(items)) == len(rejected(items)) == 1


def test_raw_text_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "\n سقوط رافعة على عمال في الميناء \r\n\n\u200f" + BODY + "\t ـــ قُتِلَ\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (article,) = articles(read(path))
    assert article.body == text
    assert article.title == "سقوط رافعة على عمال في الميناء"


def test_the_name_of_a_site_above_the_headline_is_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("صحيفة الميناء اليوم\n\nسقوط رافعة على عمال في الميناء\n\nمشاركة\n" + BODY)
    assert [one.title for one in articles(read(path))] == ["سقوط رافعة على عمال في الميناء"]


@pytest.mark.parametrize(
    "text", [BODY, BODY + "\n" + BODY * 3, "الميناء\n" + BODY, "سقوط رافعة في الميناء", "قال المسؤول إن:\n" + BODY]
)
def test_a_first_line_that_is_no_headline_is_no_title(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert [one.title for one in articles(read(path))] == [""]


def page(charset: str = "utf-8") -> str:
    return f"""<html><head><meta charset="{charset}"><title>سقوط رافعة | صحيفة الميناء</title>
    <meta property="og:site_name" content="صحيفة الميناء"><link rel="canonical" href="https://e.org/n/1">
    <meta property="article:published_time" content="2024-05-01T10:00:00+03:00"></head><body>
    <nav><a href="/">الرئيسية</a> <a href="/s">رياضة</a></nav>
    <article><h1>سقوط رافعة</h1><p>{BODY}</p>
    <p>ولم تذكر إدارة الميناء أسباب الحادث الذي وقع عند الرصيف الشرقي.</p></article>
    <footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_html_gives_the_article_without_the_page_around_it(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(charset).encode(charset))
    (article,) = articles(read(path))
    assert article.body.startswith(BODY)
    assert "الرئيسية" not in article.body
    assert "الحقوق" not in article.body
    assert article.title == "سقوط رافعة"
    assert article.outlet == "صحيفة الميناء"
    assert article.url == "https://e.org/n/1"
    assert article.day == dt.date(2024, 5, 1)


def test_html_without_an_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><script>x()</script></body></html>")
    assert rejected(read(path)) == [f"{path}: no article was found in the page"]


def test_html_needs_no_net_whatever_it_links_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    path = tmp_path / "a.html"
    path.write_text('<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><img src="http://127.0.0.1:9/x">' + page())
    assert len(articles(read(path))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
def test_arabic_text_is_read_from_the_encodings_it_comes_in(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BODY.encode(encoding))
    assert [one.body for one in articles(read(path))] == [BODY]
    if encoding != "utf-16":
        lines = tmp_path / "a.jsonl"
        lines.write_bytes(line().encode(encoding))
        assert [one.body for one in articles(read(lines))] == [BODY]


def test_text_of_another_script_is_not_taken_for_arabic(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("Президент посетил столицу и провёл там несколько встреч. " * 5).encode("cp1251"))
    assert len(rejected(read(path))) == 1


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2024-05-01", dt.date(2024, 5, 1)),
        ("٢٠٢٤-٠٥-٠١", dt.date(2024, 5, 1)),
        ("2024/5/1", dt.date(2024, 5, 1)),
        ("2024-05-01T09:30:00Z", dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.UTC)),
        ("2024-05-01 09:30", dt.datetime(2024, 5, 1, 9, 30)),  # noqa: DTZ001 - the file names no zone
        ("2024-05-01T09:30:00+03:00", dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=3)))),
        ("Wed, 01 May 2024 09:30:00 +0000", dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.UTC)),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_publication_are_read_as_exactly_as_they_are_written(
    given: str | None, meant: dt.date | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(published=given))
    (article,) = read(path)
    assert isinstance(article, Article)
    assert article.published == meant


@pytest.mark.parametrize("given", ["أمس", "2024-13-01", "05/01/2024", 20240501, ["2024"]])
def test_an_article_with_an_unreadable_date_is_in_without_one_and_that_is_said(given: object, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(published=given))
    remark, article = read(path)
    assert isinstance(remark, Remark)
    assert str(remark).startswith(f"{path} line 1: published")
    assert isinstance(article, Article)
    assert article.published is None
    assert article.extra == {"published": given}


def test_file_names_of_any_bytes_can_be_printed(tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/\xff\n\x1b[2J")  # noqa: PTH102 - only bytes can name it
    (tmp_path / os.fsdecode(b"\xff\n\x1b[2J") / "a.doc").touch()
    (said,) = rejected(read(tmp_path))
    assert "\n" not in said
    assert "\x1b" not in said
    said.encode()


def test_articles_are_counted_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"body": "خبر"}\n' * 7)
    (tmp_path / "one.txt").write_text("خبر")
    (tmp_path / "picture.png").write_bytes(b"x\n")
    assert count_articles([tmp_path, tmp_path / "one.txt", tmp_path / "none.jsonl"]) == 9
