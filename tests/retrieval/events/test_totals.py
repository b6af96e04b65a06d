"""Events and totals, rule by rule: reports of one event are one, ranges add up, aggregates stay outside."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.events import Event, add_up, aggregates_of, divide, find_events
from retrieval.types import Article, Bound, Casualty, Citation

DAY = dt.date(2016, 5, 3)
_ids = count(1)


def told(number: int | None, text: str = "", **fields: Any) -> Casualty:
    """A fact of an article of its own, whose whole text is its quote; what is not given is as plain as can be."""
    title = fields.pop("title", "")
    published = fields.pop("published", DAY)
    outlet = fields.pop("outlet", "نشرة الصباح التجريبية")
    article = fields.pop("article", f"a{next(_ids)}")
    quote = text or f"مقتل {number} أشخاص في تفجير بسوق المدينة"
    bound: Bound = fields.pop("bound", "exact" if number is not None else "vague")
    upper = None if bound in ("more_than", "at_least", "vague") else number
    body = Article(id=article, title=title, outlet=outlet, published=published, body=quote)
    return Casualty(
        harm=fields.pop("harm", "killed"),
        min=fields.pop("min", number if bound != "up_to" else None),
        max=fields.pop("max", upper),
        bound=bound,
        date_start=fields.pop("day", DAY),
        date_end=fields.pop("last_day", None),
        date_precision="day",
        place=fields.pop("place", "الكرادة"),
        places=fields.pop("places", ("الكرادة", "بغداد", "العراق")),
        citation=Citation.of(body, 0, len(quote)),
        **fields,
    )


def only(events: tuple[Event, ...]) -> Event:
    assert len(events) == 1
    return events[0]


def test_two_reports_of_one_bombing_are_one_event_with_the_range_of_both() -> None:
    event = only(find_events([told(27), told(30)]))
    assert (event.min, event.max, event.bound) == (27, 30, "range")
    assert len(event.reports) == 2


def test_a_report_that_knows_only_the_city_joins_the_event_in_its_quarter() -> None:
    city = told(9, place="بغداد", places=("بغداد", "العراق"))
    assert only(find_events([told(9), city])).place == "الكرادة"


@pytest.mark.parametrize(
    "other",
    [
        {"place": "الدورة", "places": ("الدورة", "بغداد", "العراق")},
        {"day": DAY + dt.timedelta(days=4)},
        {"harm": "wounded"},
        {"text": "مقتل 9 أشخاص في حادث سير على طريق المطار"},
        {"victims": "مسلحين", "victim_class": "militant"},
        {"actor": "الطيران الأمريكي"},
    ],
    ids=["another quarter", "another day", "another harm", "other means", "other victims", "another doer"],
)
def test_reports_that_cannot_be_of_one_event_are_two(other: dict[str, Any]) -> None:
    base = told(9, victims="مدنيين", victim_class="civilian", actor="تنظيم داعش")
    other = {"victims": "مدنيين", "victim_class": "civilian", "actor": "تنظيم داعش", **other}
    assert len(find_events([base, told(9, **other)])) == 2


def test_two_incidents_of_one_article_in_one_city_stay_two() -> None:
    first = told(3, "انفجار في بغداد يقتل 3 أشخاص", article="roundup", place="بغداد", places=("بغداد",))
    second = told(8, "انفجار آخر في بغداد يقتل 8 أشخاص", article="roundup", place="بغداد", places=("بغداد",))
    assert len(find_events([first, second])) == 2


def test_a_part_of_a_number_does_not_widen_the_range() -> None:
    quote = "مقتل 10 أشخاص بينهم 3 أطفال في تفجير بالسوق"
    whole = told(10, quote, article="parts")
    part = told(3, quote, article="parts", victims="أطفال", victim_class="civilian")
    event = only(find_events([whole, part]))
    assert (event.min, event.max) == (10, 10)
    assert event.claims.parts == (part,)


def test_a_rising_toll_is_one_event_at_its_latest_figure_with_its_history() -> None:
    days = [DAY + dt.timedelta(days=n) for n in range(3)]
    numbers = (27, 30, 32)
    facts = [
        told(n, f"ارتفاع حصيلة قتلى تفجير السوق إلى {n}", published=day) for n, day in zip(numbers, days, strict=True)
    ]
    event = only(find_events(facts))
    assert (event.min, event.max, event.bound) == (32, 32, "exact")
    assert [claim.low for claim in event.claims.earlier] == [27, 30]


def test_an_hour_is_enough_for_a_newer_figure_to_stand_for_an_older_one() -> None:
    noon = dt.datetime(2016, 5, 3, 12, tzinfo=dt.UTC)
    event = only(find_events([told(4, published=noon), told(7, published=noon.replace(hour=18))]))
    assert (event.min, event.max) == (7, 7)


def test_a_lower_figure_on_a_later_day_does_not_take_the_place_of_a_higher_one() -> None:
    event = only(find_events([told(30), told(27, published=DAY + dt.timedelta(days=1))]))
    assert (event.min, event.max) == (27, 30)


def test_a_correction_takes_the_place_of_what_it_corrects_and_the_old_figure_stays_visible() -> None:
    wrong = told(21)
    right = told(12, "تصحيح: قتلى تفجير سوق المدينة 12 وليس 21", published=DAY + dt.timedelta(days=1))
    event = only(find_events([wrong, right]))
    assert (event.min, event.max) == (12, 12)
    assert [claim.fact for claim in event.claims.earlier] == [wrong]


def test_an_open_bound_leaves_the_upper_end_open() -> None:
    event = only(find_events([told(28, bound="at_least"), told(35)]))
    assert (event.min, event.max, event.bound) == (28, None, "at_least")


def test_a_vague_report_changes_no_number_and_a_vague_event_gives_none() -> None:
    event = only(find_events([told(9), told(None, "مقتل عشرات الأشخاص في تفجير بسوق المدينة")]))
    assert (event.min, event.max) == (9, 9)
    vague = only(find_events([told(None, "مقتل العشرات في تفجير")]))
    total = add_up([vague])
    assert (vague.min, vague.max, vague.bound) == (None, None, "vague")
    assert total.vague == (vague,)
    assert not total.events


def test_one_text_carried_by_two_outlets_is_one_source() -> None:
    text = "أعلنت مديرية الصحة مقتل تسعة أشخاص وإصابة آخرين في تفجير استهدف سوق المدينة صباح الثلاثاء"
    copied = find_events([told(9, text), told(9, text + " .", outlet="موقع النهار التجريبي")])
    assert only(copied).grade == "weak"
    assert len(only(copied).claims.current[0].carriers) == 2
    assert only(find_events([told(9), told(9, "تفجير السوق يودي بحياة 9 متسوقين")])).grade == "fair"


def test_a_copy_that_the_store_knows_of_is_one_source_with_its_original() -> None:
    facts = [told(9, article="original"), told(9, "تفجير السوق يودي بحياة 9 متسوقين", article="copy")]
    assert only(find_events(facts, {"copy": "original"})).grade == "weak"


@pytest.mark.parametrize(
    ("fields", "grade"),
    [
        ({"victims": "جنود عراقيين", "victim_class": "security", "source": "مصدر طبي"}, "weak"),
        ({"victims": "جنود من الجيش العراقي", "victim_class": "security", "source": "الجيش العراقي"}, "confirmed"),
        (
            {"victims": "مدنيين", "victim_class": "civilian", "actor": "الجيش الأمريكي", "source": "الجيش الأمريكي"},
            "confirmed",
        ),
        (
            {"victims": "مسلحين", "victim_class": "militant", "actor": "الجيش الأمريكي", "source": "الجيش الأمريكي"},
            "weak",
        ),
    ],
    ids=["one source", "own losses", "harm owned up to", "a boast about the enemy"],
)
def test_a_count_is_confirmed_only_when_a_party_accepts_it_against_itself(fields: dict[str, Any], grade: str) -> None:
    assert only(find_events([told(9, **fields)])).grade == grade


def test_contradicting_claims_of_a_party_are_contested_and_stand_side_by_side() -> None:
    army = told(40, "الجيش العراقي يعلن مقتل 40 من داعش", victims="عناصر داعش", victim_class="militant",
                source="الجيش العراقي", actor="الجيش العراقي", status="claimed_by_party")  # fmt: skip
    daesh = told(5, "داعش يقر بمقتل 5 من عناصره", victims="عناصر داعش", victim_class="militant",
                 source="تنظيم داعش", actor="الجيش العراقي", status="claimed_by_party")  # fmt: skip
    event = only(find_events([army, daesh]))
    assert (event.min, event.max) == (5, 40)
    assert event.grade == "contested"
    assert {claim.fact.source for claim in event.claims.current} == {"الجيش العراقي", "تنظيم داعش"}


def test_a_denial_counts_for_nothing_and_makes_the_event_contested() -> None:
    event = only(find_events([told(9, source="مصدر أمني"), told(9, status="denied", source="قائد الشرطة")]))
    assert (event.min, event.max) == (9, 9)
    assert event.grade == "contested"


def test_what_is_only_denied_or_feared_is_discounted_and_left_out_of_the_sum() -> None:
    total = add_up(find_events([told(9, status="hypothetical")]))
    assert (total.min, total.max) == (0, 0)
    assert not total.events
    assert total.discounted


def test_a_total_adds_events_and_never_reports() -> None:
    elsewhere: dict[str, Any] = {"place": "البصرة", "places": ("البصرة", "العراق")}
    total = add_up(find_events([told(27), told(30), told(4, **elsewhere), told(4, **elsewhere)]))
    assert (total.min, total.max) == (31, 34)
    assert len(total.events) == 2
    assert total.reports == 4


def test_a_total_is_open_above_as_soon_as_one_event_is() -> None:
    total = add_up(find_events([told(27), told(4, bound="more_than", place="البصرة", places=("البصرة", "العراق"))]))
    assert (total.min, total.max, total.bound) == (31, None, "more_than")


def test_an_aggregate_is_shown_beside_its_parts_and_never_added_to_them() -> None:
    month = told(300, "مقتل 300 شخص في بغداد خلال الشهر", aggregate=True)
    facts = [told(9), month]
    total = add_up(find_events(facts), aggregates_of(facts))
    assert (total.min, total.max) == (9, 9)
    assert total.aggregates == (month,)


def test_killed_and_wounded_together_are_never_counted_as_killed() -> None:
    events = find_events([told(9), told(50, harm="killed_or_wounded")])
    assert {(event.harm, event.min) for event in events} == {("killed", 9), ("killed_or_wounded", 50)}


def test_a_total_says_of_when_it_is() -> None:
    total = add_up(find_events([told(9), told(9, published=DAY + dt.timedelta(days=2))]))
    assert total.as_of == DAY + dt.timedelta(days=2)


def test_a_report_without_a_day_is_not_given_one() -> None:
    event = only(find_events([told(9, day=None)]))
    assert not event.dated


def test_a_report_without_a_day_joins_an_event_only_when_its_words_agree() -> None:
    same = told(9, "مقتل 9 أشخاص في تفجير بسوق المدينة أمس", day=None)
    other = told(9, "سقوط ضحايا إثر هجمات متفرقة", day=None)
    assert len(find_events([told(9), same])) == 1
    assert len(find_events([told(9), other])) == 2


def test_events_divide_by_a_label_and_leave_out_what_has_none() -> None:
    facts = [
        told(9),
        told(4, place="البصرة", places=("البصرة", "العراق")),
        told(2, place="", places=(), day=dt.date(2016, 1, 9)),
    ]
    totals = divide(find_events(facts), lambda event: event.place)
    assert {name: total.min for name, total in totals.items()} == {"الكرادة": 9, "البصرة": 4}


@st.composite
def _facts(draw: st.DrawFn) -> list[Casualty]:
    spots = [("الكرادة", "بغداد"), ("الدورة", "بغداد"), ("البصرة",), ("بغداد",), ()]
    facts = []
    for _ in range(draw(st.integers(0, 7))):
        spot = draw(st.sampled_from(spots))
        facts.append(
            told(
                draw(st.integers(1, 60)),
                bound=draw(st.sampled_from(["exact", "about", "at_least", "more_than", "up_to"])),
                day=draw(st.sampled_from([None, DAY, DAY + dt.timedelta(days=9)])),
                published=DAY + dt.timedelta(days=draw(st.integers(0, 10))),
                place=spot[0] if spot else "",
                places=spot,
                article=draw(st.sampled_from("abcdef")),
                status=draw(st.sampled_from(["stated", "stated", "denied", "claimed_by_party"])),
                source=draw(st.sampled_from(["", "مصدر أمني", "مصدر طبي"])),
            )
        )
    return facts


@given(_facts())
def test_every_fact_is_in_exactly_one_event_and_every_bound_is_a_number_that_some_fact_says(
    facts: list[Casualty],
) -> None:
    events = find_events(facts)
    assert sorted(fact.id for event in events for fact in event.facts) == sorted(fact.id for fact in facts)
    for event in events:
        said = {number for fact in event.facts for number in (fact.min, fact.max)} | {0, None}
        assert {event.min, event.max} <= said
        assert event.min is None or event.max is None or event.min <= event.max
    total = add_up(events)
    assert total.min == sum(event.min or 0 for event in total.events)
    assert total.max is None or total.min <= total.max


@given(_facts(), st.randoms())
def test_the_order_in_which_reports_arrive_changes_nothing(facts: list[Casualty], random: Any) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    mine, yours = add_up(find_events(facts)), add_up(find_events(shuffled))
    assert (mine.min, mine.max, len(mine.events)) == (yours.min, yours.max, len(yours.events))
