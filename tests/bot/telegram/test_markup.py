from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import markup
from tests.end_to_end.telegram_rules import check_text, parse_html, units

WORDS = st.sampled_from(["كتاب", "قرأ", "F-16", "😀", "المدينة.", "ماء؟", "a<b", "x&y", "\n", "\n\n", "👨‍👩‍👧", "مُدَرِّس"])


@st.composite
def pieces(draw: st.DrawFn, depth: int = 0) -> str:
    words = markup.escape(" ".join(draw(st.lists(WORDS, min_size=1, max_size=12))))
    if depth == 2 or draw(st.booleans()):
        return words
    if draw(st.booleans()):  # a link holds no other link
        return f'<a href="https://example.org/?a=1&amp;b=2">{words}</a> '
    inside = "".join(draw(st.lists(pieces(depth + 1), max_size=3)))
    opening, closing = draw(st.sampled_from([("<b>", "</b>"), ("<i>", "</i>"), ("", "")]))
    return f"{opening}{inside}{closing} "


HTML = st.lists(pieces(), max_size=8).map("".join)


@given(HTML, st.integers(40, 200))
def test_every_message_of_a_cut_text_is_taken_by_telegram(html: str, limit: int) -> None:
    for page in markup.split(html, limit):
        assert units(check_text({"text": page, "parse_mode": "HTML"}, "text").text) <= limit


@given(HTML, st.integers(40, 200))
def test_cutting_loses_no_word_and_cuts_none(html: str, limit: int) -> None:
    before = parse_html(html).text.split()
    after = [word for page in markup.split(html, limit) for word in parse_html(page).text.split()]
    assert after == before


@given(HTML, st.integers(40, 200))
def test_each_word_keeps_its_link_on_whichever_message_it_lands(html: str, limit: int) -> None:
    def linked(text: str) -> list[str]:
        parsed = parse_html(text)
        utf16 = parsed.text.encode("utf-16-le")
        links = sorted((e for e in parsed.entities if e["type"] == "text_link"), key=lambda e: int(e["offset"]))
        cuts = [utf16[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in links]
        return " ".join(cuts).split()

    assert [word for page in markup.split(html, limit) for word in linked(page)] == linked(html)


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert markup.split("<b>خبر</b> قصير") == ["<b>خبر</b> قصير"]


def test_a_cut_falls_between_paragraphs_before_it_falls_between_sentences() -> None:
    first, second = "وصل الوفد. " * 8, "غادر الوفد. " * 8
    assert markup.split(f"{first}\n\n{second}", 120) == [first.strip(), second.strip()]


def test_a_quote_is_moved_whole_rather_than_cut() -> None:
    quote = "<blockquote expandable>" + "قال الشاهد كلاما طويلا. " * 3 + "</blockquote>"
    text = "تمهيد من بضع كلمات لا أكثر من ذلك.\n"
    assert markup.split(text + quote, 100) == [text.strip(), quote]


def test_a_quote_longer_than_a_message_goes_on_as_a_quote() -> None:
    quote = "<blockquote expandable>" + "قال الشاهد كلاما طويلا. " * 10 + "</blockquote>"
    pages = markup.split(quote, 100)
    assert len(pages) >= 3
    assert all(p.startswith("<blockquote expandable>") and p.endswith("</blockquote>") for p in pages)
    assert all(p.removesuffix("</blockquote>").rstrip().endswith(".") for p in pages)


def test_a_word_longer_than_a_message_is_cut_without_tearing_a_letter_from_its_vowels() -> None:
    pages = markup.split("مَ" * 101, 51)
    assert "".join(pages) == "مَ" * 101
    assert all(page.startswith("م") for page in pages)


def test_many_long_links_are_spread_over_messages() -> None:
    html = "\n".join(f'<a href="https://example.org/{"x" * 400}/{n}">خبر {n}</a>' for n in range(60))
    pages = markup.split(html)
    assert len(pages) >= 3
    for page in pages:
        check_text({"text": page, "parse_mode": "HTML"}, "text")


def test_an_address_that_is_not_of_the_web_gives_no_link() -> None:
    assert markup.link("javascript:alert(1)", "خبر") == "خبر"
    assert (
        markup.link('https://example.org/?q="a"&b', "خبر")
        == '<a href="https://example.org/?q=&quot;a&quot;&amp;b">خبر</a>'
    )


@given(st.text())
def test_any_text_escaped_and_read_back_is_the_same(text: str) -> None:
    assert markup.plain(markup.escape(text)) == text
    assert parse_html(markup.escape(text)).text == text
