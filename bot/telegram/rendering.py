"""Answers, sources and passages as messages of Telegram: HTML, right to left, in pages that Telegram takes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

from telegram.constants import MessageLimit

from bot.store.overview import Outlet
from bot.telegram import markup
from bot.telegram.direction import RIGHT_TO_LEFT_MARK, isolate
from retrieval import Answer, Article, Citation, PassageHit, Wording

# A page is shorter than Telegram allows: one that fills several screens is not read.
PAGE_UNITS = 2400
# How many sources stand below an answer with their words; the others are behind the button.
_QUOTED = 3
_QUOTE_UNITS = 700
_PASSAGES_ON_A_PAGE = 3
_TITLE = 140
_TAG = re.compile(r"(<[^<>]+>)|([^<>]+)")
_MARKER = re.compile(r"\[(\d+)\]")


def text(words: str) -> str:
    """Plain words as HTML, with what runs to the right isolated."""
    return markup.escape(isolate(words))


def phrase(html: str) -> str:
    """The HTML of messages.toml with what runs to the right isolated, tags left as they are."""
    return _TAG.sub(lambda found: found[1] or text(unescape(found[2])), html)


def finish(html: str) -> str:
    """The HTML with a right-to-left mark before each line that would otherwise be taken to run to the right."""
    return "\n".join(
        line if not (shown := markup.plain(line).strip()) or _runs_left(shown[0]) else RIGHT_TO_LEFT_MARK + line
        for line in html.split("\n")
    )


def _runs_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}


def pages(html: str, limit: int = PAGE_UNITS) -> list[str]:
    """The HTML in pages, each finished; there is at least one."""
    return [finish(page) for page in markup.split(html, limit)] or [""]


def answer_pages(answer: Answer, wording: Wording, *, asked: str = "", short: bool = False) -> list[str]:
    """The answer, on more than one page where it is long, and on the last its first sources with their words.

    `asked` is the question, where the chat does not show it; a `short` answer leaves the words of its sources out.
    """
    heading = f"<b>{text(asked)}</b>\n\n" if asked else ""
    told = markup.split(heading + _with_links(answer.answer, answer.citations), PAGE_UNITS)
    cited = list(enumerate(answer.citations, 1))
    quoted = [] if answer.abstained else cited[:_QUOTED]
    parts = [told[-1]] if told else []
    parts += [source(number, citation, wording, bare=short, said=answer.answer) for number, citation in quoted]
    if not answer.abstained and len(cited) > _QUOTED:
        parts.append(text(wording.say("telegram.more_sources", n=len(cited) - _QUOTED)))
    # What is too long for one message is left to the button that shows all sources.
    while len(parts) > 1 and not markup.fits("\n\n".join(parts), PAGE_UNITS):
        parts.pop()
    return [finish(page) for page in (*told[:-1], "\n\n".join(parts))]


def sources_pages(answer: Answer, wording: Wording) -> list[str]:
    """All sources of an answer with title, outlet, day and words."""
    parts = [
        f"<b>{text(citation.title)}</b>\n{source(number, citation, wording, whole=True)}"
        if citation.title
        else source(number, citation, wording, whole=True)
        for number, citation in enumerate(answer.citations, 1)
    ]
    return _packed(parts, f"<b>{text(wording.say('telegram.sources_title'))}</b>")


def passages_pages(
    hits: Sequence[PassageHit], wording: Wording, *, title: str = "passages_title", most: int = _PASSAGES_ON_A_PAGE
) -> list[str]:
    """Passages that fit a question, a few on each page; no page when there are none."""
    if not hits:
        return []
    parts = [source(number, hit.citation, wording, whole=True) for number, hit in enumerate(hits, 1)]
    return _packed(parts, f"<b>{text(wording.say(f'telegram.{title}'))}</b>", most=most)


def latest_page(articles: Sequence[Article], wording: Wording, *, first: int) -> str:
    """Articles with title, outlet and day, numbered from `first`."""
    lines = [f"<b>{text(wording.say('telegram.latest_title'))}</b>"]
    for number, article in enumerate(articles, first):
        outlet = article.outlet or wording.say("telegram.unnamed_outlet")
        where = wording.say("telegram.source", outlet=outlet, date=said_date(article.published, wording))
        title = " ".join((article.title or article.body).split())
        if len(title) > _TITLE:
            title = title[:_TITLE].rpartition(" ")[0] + " …"
        lines.append(f"{wording.number(number)}. {markup.link(article.url, text(title))}\n{text(where)}")
    return pages("\n\n".join(lines), MessageLimit.MAX_TEXT_LENGTH - 100)[0]


def outlets_page(outlets: Sequence[Outlet], wording: Wording) -> str:
    """Outlets, with how many articles are of each and when its newest appeared."""
    lines = [f"<b>{text(wording.say('telegram.outlets_title'))}</b>"]
    for outlet in outlets:
        name = outlet.name or wording.say("telegram.unnamed_outlet")
        count = wording.say("number.report", n=outlet.articles)
        newest = said_date(outlet.newest, wording)
        lines.append(text(wording.say("telegram.outlet", outlet=name, count=count, date=newest)))
    return pages("\n".join(lines), MessageLimit.MAX_TEXT_LENGTH - 100)[0]


def said_date(day: dt.datetime | dt.date | None, wording: Wording) -> str:
    """The day as it is said, or that there is none."""
    if day is None:
        return wording.say("telegram.undated")
    return wording.date(day.date() if isinstance(day, dt.datetime) else day)


def _packed(parts: Iterable[str], title: str, most: int = 99) -> list[str]:
    """The parts on as few pages as hold them, none of them cut unless it is longer than a page."""
    packed: list[list[str]] = []
    for part in parts:
        if packed and len(packed[-1]) < most and markup.fits("\n\n".join([title, *packed[-1], part]), PAGE_UNITS):
            packed[-1].append(part)
        else:
            packed.append([part])
    return [page for group in packed for page in pages("\n\n".join([title, *group]), PAGE_UNITS + 400)]


def _with_links(words: str, citations: Sequence[Citation]) -> str:
    """The words with each marker [1] as a link to its source."""
    parts, position = [], 0
    for found in _MARKER.finditer(words):
        number = int(found[1])
        if 1 <= number <= len(citations):
            parts += [text(words[position : found.start()]), markup.link(citations[number - 1].url, found[0])]
            position = found.end()
    return "".join([*parts, text(words[position:])])


def source(  # noqa: PLR0913 - how much of it is shown
    number: int, citation: Citation, wording: Wording, *, whole: bool = False, bare: bool = False, said: str = ""
) -> str:
    """A source: its number (0: none), outlet and day with the link, and below them its words.

    The words are cut unless they are wanted `whole`, and left out when `bare` or when they stand in what is `said`.
    """
    outlet = citation.outlet or wording.say("telegram.unnamed_outlet")
    where = text(wording.say("telegram.source", outlet=outlet, date=said_date(citation.published, wording)))
    line = (f"[{wording.number(number)}] " if number else "") + markup.link(citation.url, where)
    quote = " ".join(citation.quote.split())
    if bare or quote in " ".join(said.split()):
        return line
    if not whole and markup.units(quote) > _QUOTE_UNITS:
        quote = markup.plain(markup.split(markup.escape(quote), _QUOTE_UNITS)[0]) + " …"
    return f"{line}\n<blockquote expandable>{text(quote)}</blockquote>"
