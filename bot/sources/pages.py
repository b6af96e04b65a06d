"""Articles out of web pages: HTML, and the raw text that somebody copied from one."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from bot.sources.feeds import Entry
from bot.sources.items import Defaults, Limits, Unusable
from bot.sources.links import canonical
from bot.sources.records import made, parse_published
from retrieval import Article

_MAX_TITLE = 160
_MIN_WORDS = 5
_FIRST_LINES = 6
# Arabic letters in the shapes of print, which old editors and PDF tools leave behind.
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
# Embeddings and overrides (which turn text round), soft hyphens and joiners that show nothing.
_UNSEEN = re.compile("[\u202a-\u202e\u00ad\u2060\ufeff]")
_ENDS = (".", "،", "؛", ":", "...", "…", "!")


def article_of_html(html: str, defaults: Defaults, limits: Limits) -> Article:
    """The article of an HTML page: its text without the page's furniture, its title, date, outlet and address.

    Raises:
        Unusable: when there is no article in the page, or it is too long.
    """
    # It takes long to import and few commands read HTML.
    import trafilatura  # noqa: PLC0415 - see above
    from trafilatura.settings import Document  # noqa: PLC0415 - see above

    page = trafilatura.bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        # A date that was only guessed from somewhere in the page is worse than none.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    found = page.as_dict() if isinstance(page, Document) else page or {}
    text = found.get("text") or trafilatura.baseline(html)[1]
    if not text.strip():
        raise Unusable("no article was found in the page")
    title = found.get("title") or ""
    body = _without_title(text.strip(), title)
    return made(
        Article.model_construct(
            id="",
            title=title,
            outlet=found.get("sitename") or found.get("hostname") or defaults.outlet,
            published=parse_published(found.get("date")) or defaults.published,
            url=found.get("url") or defaults.url,
            body=body,
            extra={},
        ),
        limits,
    )


def article_of_text(text: str, defaults: Defaults, limits: Limits) -> Article:
    """The article of a raw copy of a page: the whole text as it is, and its first line as title if it looks like one.

    Raises:
        Unusable: when it holds no text, or is too long.
    """
    if not text.strip():
        raise Unusable("holds no text")
    return made(
        Article.model_construct(
            id="",
            title=title_of(text),
            outlet=defaults.outlet,
            published=defaults.published,
            url=defaults.url,
            body=text,
            extra={},
        ),
        limits,
    )


def title_of(text: str) -> str:
    """The headline of a raw page: the first of its first lines that reads like one, above longer text; else ''.

    What stands above a headline on a page, such as the name of the site or of a section, has fewer words than it.
    """
    lines = [line.strip() for line in re.split(r"[\r\n]+", text.strip()) if line.strip()]
    longest = max(map(len, lines))
    for line in lines[:_FIRST_LINES]:
        if len(line) > _MAX_TITLE:
            break
        if len(line.split()) >= _MIN_WORDS and len(line) < longest and not line.endswith(_ENDS):
            return line
    return ""


def _without_title(text: str, title: str) -> str:
    """The text without a first line that only repeats the title, unless nothing would be left."""
    first, _, rest = text.partition("\n")
    return rest.lstrip() if title and first.strip() == title.strip() and rest.strip() else text


def article_of_entry(entry: Entry, page: str, defaults: Defaults, limits: Limits) -> Article:
    """The article behind an entry of a feed: from its page or, when that holds less, from what the feed carries.

    What the feed says of title and date goes before what was found in the page.

    Raises:
        Unusable: when neither holds an article.
    """
    carried = f"<html><body><article>{entry.html}</article></body></html>" if entry.html else ""
    found: list[Article] = []
    fault = Unusable("holds no text")
    for html in filter(None, (page, carried)):
        try:
            found.append(article_of_html(html, defaults._replace(url=entry.url), limits))
        except Unusable as unusable:
            fault = unusable
    if not found:
        raise fault
    best = max(found, key=lambda article: len(article.body))
    draft = best.model_copy(
        update={
            "id": "",
            "title": tidy(entry.title) or tidy(best.title),
            "outlet": defaults.outlet or best.outlet,
            "published": entry.published or best.published,
            "url": canonical(entry.url or best.url),
            "body": tidy(best.body),
        }
    )
    return made(draft, limits)


def tidy(text: str) -> str:
    """Text from the web as a person would have typed it: no embeddings or soft hyphens, letters not in shaped forms."""
    shaped = _SHAPED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), unescape(text))
    return _UNSEEN.sub("", shaped).replace("\xa0", " ").strip()
