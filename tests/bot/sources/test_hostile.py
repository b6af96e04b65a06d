"""Files and feeds that mean harm: they give nothing but what stands in them, and reach nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.app import opened
from bot.config import Settings
from bot.sources import read_paths
from bot.sources.feeds import parse_feed
from bot.sources.items import Rejected, Unusable
from bot.sources.opml import read_opml
from retrieval import Article
from tests.bot.articles import an_article

SECRET = "هذا سر لا يخرج من مكانه ولا يقرؤه أحد سوى صاحبه في بلدة الزيتون."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
NAMES = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "outside": '<!DOCTYPE x [<!ENTITY l11 SYSTEM "{file}">]>',
}
DOCUMENTS = {
    "rss": "<rss version='2.0'><channel><title>&l11;</title><item><title>&l11;</title><link>https://news.example/a</link>"
    "<description>&l11;</description></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>&l11;</title><entry><title>&l11;</title>"
    "<link href='https://news.example/a'/><summary>&l11;</summary></entry></feed>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://news.example/&l11;</loc>"
    "</url></urlset>",
    "opml": "<opml version='2.0'><body><outline type='rss' text='&l11;' xmlUrl='https://news.example/f'/>"
    "<outline type='rss' text='b' xmlUrl='https://news.example/&l11;'/></body></opml>",
}  # fmt: skip


@pytest.mark.parametrize("attack", NAMES)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_entity_unfolds_or_reads_a_file(kind: str, attack: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    text = f"<?xml version='1.0'?>{NAMES[attack].replace('{file}', secret.as_uri())}{DOCUMENTS[kind]}"
    try:
        found = read_opml(text) if kind == "opml" else parse_feed(text.encode(), "https://news.example/feed")
    except Unusable:
        return
    assert "سر" not in repr(found)
    assert len(repr(found)) < 2 * len(text)


def test_a_link_in_a_folder_leads_to_nothing_outside_of_it(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    for made in (outside, folder / "inside"):
        made.mkdir(parents=True)
    (outside / "secret.txt").write_text(SECRET, encoding="utf-8")
    good = "سوق الزيتون\n\nأعلنت بلدية الزيتون افتتاح سوق جديدة صباح السبت بحضور عدد من التجار والأهالي في البلدة."
    (folder / "inside" / "good.txt").write_text(good, encoding="utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "more").symlink_to(outside)
    (folder / "up").symlink_to("..")
    (folder / "again.txt").symlink_to(folder / "inside" / "good.txt")
    items = list(read_paths([folder]))
    assert not any("سر" in one.body for one in items if isinstance(one, Article))
    assert sum(isinstance(one, Article) for one in items) == 2
    left_out = [one.where for one in items if isinstance(one, Rejected)]
    assert left_out == [str(folder / name) for name in ("file.txt", "more", "up")]
    # What the operator names is what the operator means.
    assert [one.body for one in read_paths([folder / "file.txt"]) if isinstance(one, Article)] == [SECRET]


@pytest.mark.parametrize("engine", ["memory", "disk"])
def test_no_name_of_an_article_is_a_path(engine: str, tmp_path: Path) -> None:
    names = ["../../escaped", "/etc/escaped", "..\\escaped", "a/../../../escaped", "%2e%2e%2fescaped", "con", "-rf"]
    day = dt.date(2031, 5, 4)
    with opened(Settings(data=tmp_path / "a" / "b" / "data", index=engine, workers=1, _env_file=None)) as app:
        articles = [an_article(name, outlet=name, url=f"file:///{name}", published=day) for name in names]
        app.desk.ingest(articles, now=dt.datetime(2031, 5, 4, tzinfo=dt.UTC))
        assert {hit.article_id for hit in app.desk.search("هجوم الزيتون", 20)} == set(names)
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert [one.name for one in (tmp_path / "a" / "b").iterdir()] == ["data"]
    assert not any("escaped" in str(one) for one in tmp_path.rglob("*"))
