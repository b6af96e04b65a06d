"""What words of the news are read as: lemma, sense, number, clitics, aspect and voice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.arabic.lexicon import entries
from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.normalise import normalise

MARKS = "ًٌٍَُِّْـ"


def best(word: str) -> Analysis:
    return analyse(word)[0]


@pytest.mark.parametrize(
    ("word", "lemma", "number", "gender"),
    [
        ("جندي", "جندي", "s", "m"),
        ("جنديين", "جندي", "d", "m"),
        ("جنديان", "جندي", "d", "m"),
        ("جنديا", "جندي", "s", "m"),
        ("الجنود", "جندي", "p", "m"),
        ("مسلحين", "مسلح", "p", "m"),
        ("مسلحو", "مسلح", "p", "m"),
        ("امرأتان", "امرأة", "d", "f"),
        ("المرأة", "امرأة", "s", "f"),
        ("نساء", "امرأة", "p", "f"),
        ("غارتين", "غارة", "d", "f"),
        ("الغارات", "غارة", "p", "f"),
        ("قوات", "قوة", "p", "f"),
        ("شرطة", "شرطة", "s", "f"),
        ("القتلى", "قتيل", "p", "m"),
        ("سنوات", "سنة", "p", "f"),
        ("مستشفيات", "مستشفى", "p", "f"),
        ("قضاة", "قاض", "p", "m"),
        ("القاضي", "قاض", "s", "m"),
        ("محامون", "محام", "p", "m"),
        ("ناجين", "ناج", "p", "m"),
        ("لاجئون", "لاجئ", "p", "m"),
        ("طفلتين", "طفلة", "d", "f"),
        ("مواطنة", "مواطن", "s", "f"),
        ("انفجارات", "انفجار", "p", "f"),
    ],
)
def test_nouns_tell_their_number_and_gender(word: str, lemma: str, number: str, gender: str) -> None:
    assert any((a.lemma, a.number, a.gender) == (lemma, number, gender) for a in analyse(word)[:2])


@pytest.mark.parametrize(
    ("word", "lemma", "aspect", "voice"),
    [
        ("قُتل", "قتل", "p", "p"),
        ("قُتِلَ", "قتل", "p", "p"),
        ("قَتَلَ", "قتل", "p", "a"),
        ("يُقتل", "قتل", "i", "p"),
        ("يَقتل", "قتل", "i", "a"),
        ("أُصيب", "أصاب", "p", "p"),
        ("أصيب", "أصاب", "p", "p"),
        ("اعتُقل", "اعتقل", "p", "p"),
        ("أُعدم", "أعدم", "p", "p"),
        ("استُهدف", "استهدف", "p", "p"),
        ("حوصرت", "حاصر", "p", "p"),
        ("يُستهدف", "استهدف", "i", "p"),
        ("قيل", "قال", "p", "p"),
        ("يقال", "قال", "i", "p"),
        ("قدّم", "قدم", "p", "a"),
        ("قُدّم", "قدم", "p", "p"),
    ],
)
def test_vowel_signs_and_weak_letters_tell_the_passive(word: str, lemma: str, aspect: str, voice: str) -> None:
    found = best(word)
    assert (found.lemma, found.aspect, found.voice) == (lemma, aspect, voice)


@pytest.mark.parametrize("word", ["قتل", "قتلوا", "فقتلوا", "جرح", "اعتقلت", "خطف", "يقتل", "أعدم"])
def test_without_vowels_both_voices_are_offered(word: str) -> None:
    assert {a.voice for a in analyse(word) if a.pos == "verb"} == {"a", "p"}


@pytest.mark.parametrize("word", ["وصل", "سقطوا", "انفجرت", "انهار", "لجأ"])
def test_verbs_without_an_object_have_no_passive(word: str) -> None:
    assert {a.voice for a in analyse(word) if a.pos == "verb"} == {"a"}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("زرنا", "زار"), ("يزر", "زار"), ("سيزور", "زار"), ("زاروا", "زار"), ("لقوا", "لقي"), ("لقيا", "لقي"),
        ("يلقون", "لقي"), ("قضت", "قضى"), ("قضوا", "قضى"), ("قضيا", "قضى"), ("نجوا", "نجا"), ("ينجو", "نجا"),
        ("دعتهم", "دعا"), ("يدعون", "دعا"), ("صددنا", "صد"), ("صدت", "صد"), ("شنتها", "شن"), ("يصلون", "وصل"),
        ("توفي", "توفي"), ("توفيت", "توفي"), ("التقيا", "التقى"), ("يلتقي", "التقى"), ("أودت", "أودى"),
        ("استعادوا", "استعاد"), ("استعدنا", "استعاد"), ("تستعيد", "استعاد"), ("احتلت", "احتل"), ("احتللنا", "احتل"),
        ("بدؤوا", "بدأ"), ("بدأوا", "بدأ"), ("لجأت", "لجأ"), ("جاؤوا", "جاء"), ("جئنا", "جاء"), ("يؤكد", "أكد"),
        ("تؤدي", "أدى"), ("أوقعت", "أوقع"), ("يوقع", "أوقع"), ("أجلي", "أجلى"), ("رأى", "رأى"), ("يرون", "رأى"),
        ("اتهم", "اتهم"), ("سيطرت", "سيطر"), ("يسيطرون", "سيطر"), ("تدهورت", "تدهور"), ("نقتل", "قتل"),
    ],
)  # fmt: skip
def test_strong_and_weak_verbs_are_known_in_all_persons(word: str, lemma: str) -> None:
    assert any(a.pos == "verb" and a.lemma == lemma for a in analyse(word))


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("وقتلوه", "و قتل ه"),
        ("للمسلحين", "ل ال مسلح"),
        ("وبالغارات", "و ب ال غارة"),
        ("فالجنود", "ف ال جندي"),
        ("كضابط", "ك ضابط"),
        ("مصرعهم", "مصرع هم"),
        ("زوجته", "زوجة ه"),
        ("وأصدقائه", "و صديق ه"),
        ("شهداؤنا", "شهيد نا"),
        ("مقاتليها", "مقاتل ها"),
        ("عليهم", "على هم"),
        ("وأنها", "و أن ها"),
        ("ليرتفع", "ل ارتفع"),
        ("سيزور", "س زار"),
    ],
)
def test_clitics_are_cut_off_and_named(word: str, cut: str) -> None:
    found = best(word)
    article = "ال" if found.definite else ""
    parts = (found.conjunction, found.preposition, article, found.lemma, found.pronoun)
    assert " ".join(filter(None, parts)) == cut


@pytest.mark.parametrize(
    ("word", "lemma", "pos"),
    [
        ("تركيا", "تركيا", "name"), ("سوريا", "سوريا", "name"), ("وليبيا", "ليبيا", "name"),
        ("بغداد", "بغداد", "name"), ("لبنان", "لبنان", "name"), ("وزير", "وزير", "noun"), ("وفد", "وفد", "noun"),
        ("ولاية", "ولاية", "noun"), ("فتح", "فتح", "noun"), ("لقاء", "لقاء", "noun"), ("بطل", "بطل", "noun"),
        ("كتيبة", "كتيبة", "noun"), ("وصل", "وصل", "verb"), ("بعد", "بعد", "prep"),
        ("كان", "كان", "verb"), ("ولي", "ولي", "noun"), ("فيه", "في", "prep"), ("وأدى", "أدى", "verb"),
        ("أنه", "أن", "conj"), ("شمالي", "شمالي", "adj"), ("مشاركة", "مشاركة", "noun"),
    ],
)  # fmt: skip
def test_words_that_only_look_as_if_they_had_clitics_or_endings_stay_whole(word: str, lemma: str, pos: str) -> None:
    assert any((a.lemma, a.pos) == (lemma, pos) for a in analyse(word)[:2])
    assert best(word).lemma == lemma


def test_a_country_is_no_inflected_adjective_but_the_sign_of_an_object_shows_one() -> None:
    assert [a.pos for a in analyse("تركيا")] == ["name"]
    assert best("تركيّاً").pos == "adj"


@pytest.mark.parametrize(
    ("written", "lemma"),
    [("إصابة", "إصابة"), ("أصابه", "أصاب"), ("أحكام", "حكم"), ("إحكام", "إحكام"), ("والده", "والد"), ("رعاة", "راع")],
)
def test_a_hamza_or_dots_that_are_written_put_their_reading_first(written: str, lemma: str) -> None:
    assert best(written).lemma == lemma


def test_participles_and_verbal_nouns_come_from_the_verbs_of_the_table() -> None:
    assert best("مشيرا").sense == "say"
    assert best("لافتا").sense == "say"
    assert best("قائلا").sense == "say"
    assert {"مفخخ", "تفخيخ"} <= {entry.lemma for entry in entries()}
    assert any(a.voice == "p" and a.sense == "capture" for a in analyse("المأسورين"))


def test_a_word_that_is_not_known_is_read_as_a_name() -> None:
    found = best("القيسومة")
    assert (found.known, found.pos, found.lemma, found.definite) == (False, "name", "قيسومه", True)
    found = best("زعفرانوس")
    assert (found.known, found.pos, found.lemma, found.definite) == (False, "name", "زعفرانوس", False)


@given(
    st.sampled_from([entry.lemma for entry in entries() if entry.pos != "name"]),
    st.text(alphabet=MARKS, max_size=3),
    st.integers(0, 5),
)
def test_spellings_that_normalise_alike_have_readings_of_one_set(lemma: str, marks: str, at: int) -> None:
    bare = normalise(lemma)
    assert set(analyse(bare[:at] + marks + bare[at:])) <= set(analyse(bare))
    assert analyse(bare + "ـ") == analyse(bare)


@given(st.text(max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    readings = analyse(text)
    assert all(isinstance(reading, Analysis) for reading in readings)
    assert bool(readings) == bool(normalise(text))


@settings(max_examples=30)
@given(st.integers(1, 2000))
def test_long_words_are_read_quickly(length: int) -> None:
    assert analyse("و" * length)


def test_no_network_home_or_foreign_setting_is_touched(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "catalogue.json").write_text('{"version": "1.6.0", "packages": {}, "components": {}}', encoding="utf-8")
    home = tmp_path / "home"
    program = (
        "import socket, os\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "from retrieval.arabic.morphology import analyse\n"
        "assert analyse('جندي')[0].known\n"
        f"assert not os.path.exists({str(home)!r})\n"
        "assert os.environ['CAMELTOOLS_DATA'] == " + repr(str(own)) + "\n"
        "os.mkdir(os.environ['HOME'])\n"
        "import camel_tools.data\n"
        f"assert str(camel_tools.data.CT_DATA_DIR) == {str(own)!r}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "HOME": str(home), "CAMELTOOLS_DATA": str(own)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
