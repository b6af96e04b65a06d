"""Who says what is carried from clause to clause and from sentence to sentence as readers carry it."""

from __future__ import annotations

from retrieval.reading.annotate import annotate
from retrieval.types import Article


def speakers(body: str) -> list[str]:
    """The speaker of the last clause of each sentence, '' for the outlet."""
    document = annotate(Article(id="a", body=body))
    last = [sentence.clauses[-1].speaker for sentence in document.body]
    return [speaker.text if speaker else "" for speaker in last]


def test_a_verb_of_saying_names_its_speaker_with_what_describes_him() -> None:
    assert speakers("وقال متحدث باسم الشرطة العراقية إن الطريق مغلق.") == ["متحدث باسم الشرطة العراقية"]


def test_the_speaker_may_stand_before_the_verb() -> None:
    assert speakers("مصادر طبية أكدت أن المستشفى امتلأ بالجرحى.") == ["مصادر طبية"]


def test_a_verb_without_subject_goes_on_with_the_speaker_before() -> None:
    assert speakers("قال مدير الميناء إن العمل توقف. وأضاف أن السفن تنتظر.") == ["مدير الميناء", "مدير الميناء"]


def test_a_noun_that_points_back_means_the_speaker_before() -> None:
    body = "أفاد مصدر عسكري بأن القوات تقدمت. وأوضح المصدر أن المعارك مستمرة."
    assert speakers(body) == ["مصدر عسكري", "مصدر عسكري"]


def test_a_participle_goes_on_with_the_speaker_of_its_sentence() -> None:
    assert speakers("أعلن المحافظ فتح الطريق، مؤكدا أن الخدمات عادت.") == ["المحافظ"]


def test_according_to_names_the_speaker_of_the_whole_sentence() -> None:
    assert speakers("انهار الجسر فجرا، بحسب مسؤول محلي.") == ["مسؤول محلي"]


def test_whom_a_report_quotes_is_the_speaker() -> None:
    assert speakers("ونقلت الصحيفة عن وزير المالية قوله إن الميزانية أقرت.") == ["وزير المالية"]


def test_before_the_colon_of_a_headline_stands_its_speaker_or_its_place() -> None:
    assert speakers("مصادر أمنية: إغلاق الحدود") == ["مصادر أمنية"]
    assert speakers("سوريا: إغلاق الحدود") == [""]


def test_a_new_story_begins_without_a_speaker() -> None:
    assert speakers("قال الوزير إن القمة نجحت.\nالمصدر: وكالات\nوأضاف أن الوفود غادرت.\n")[1] == ""


def test_what_a_verb_does_not_say_makes_no_speaker() -> None:
    assert speakers("فاز الفريق الذي يبلغ عمر قائده 20 عاما بالكأس.") == [""]


def test_a_speaker_is_found_where_he_is_named_in_the_title_as_in_the_body() -> None:
    article = Article(id="1", title="الوزير يعلن خطة جديدة للمياه", body="أكد المدير العام للشركة أن العمل يبدأ غدا.")
    document = annotate(article)
    for sentence in document.sentences:
        for clause in sentence.clauses:
            if clause.speaker is not None and clause.speaker.number >= 0:
                naming = document.naming(clause.speaker)
                assert naming is not None
                assert clause.speaker.text in naming.text
                assert naming.field == sentence.field


def test_a_verb_behind_and_is_no_part_of_the_speaker() -> None:
    body = "تهدمت بيوت في القرية، وشكا الأهالي من أن المساعدات لم تصل."
    assert speakers(body) == ["الأهالي"]
    assert speakers("انقطع الطريق، بحسب وشكا الأهالي.") == ["الأهالي"]


def test_who_arrives_or_goes_on_with_something_does_not_speak() -> None:
    assert speakers("ووصل الوزير إلى المدينة حيث أن الجسر أغلق.") == [""]
    assert speakers("وواصل الجيش قصف البلدة ما أدى إلى مقتل خمسة.") == [""]
    assert speakers("وتابعت الطائرات غاراتها على المواقع.") == [""]


def test_who_goes_on_with_his_words_speaks() -> None:
    assert speakers("وتابع المحافظ أن المدارس أغلقت.") == ["المحافظ"]
    assert speakers("وواصل الناطق قائلا إن الطريق مفتوح.") == ["الناطق"]
    assert speakers('وزاد المدير: "العمل مستمر".') == ["المدير"]


def test_a_quoted_body_ends_where_its_act_begins() -> None:
    assert speakers('أعلن "الجيش الشعبي" مقتل عشرة من المسلحين.') == ["الجيش الشعبي"]
