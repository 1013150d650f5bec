"""Bytes come to the right text, or to an error that says what they are; never to mojibake."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FormatError
from digest.formats.decode import decode
from digest.model import Document

SENTENCES = {
    "cp1252": "Über die Brücke am Hafen führten gestern drei Züge – größer als je zuvor, sagte der „Bürgermeister“.",
    "iso8859-1": "El año pasado llovió más en la región; ¿qué señaló la alcaldesa?",
    "mac_roman": "Le maire a déclaré que l’école serait rénovée dès l’été ; les élèves étudieront ailleurs.",
    "cp1250": "Wczoraj w porcie zatonęła łódź, a burmistrz zapowiedział śledztwo. Świadkowie widzieli też dźwig.",
    "iso8859-2": "Včera večer se v přístavu potopila loď. Starosta řekl, že šetření začne příští týden.",
    "cp1254": "Dün limanda bir gemi battı. Belediye başkanı soruşturmanın gelecek hafta başlayacağını söyledi.",
    "cp1251": "Вчера в порту затонуло судно. Мэр города сообщил, что расследование начнётся на следующей неделе.",
    "koi8-r": "Вчера в порту затонуло судно. Мэр города сообщил, что расследование начнётся на следующей неделе.",
    "cp1253": "Χθες στο λιμάνι βυθίστηκε ένα πλοίο. Ο δήμαρχος δήλωσε ότι η έρευνα θα αρχίσει την επόμενη εβδομάδα.",
    "cp1255": "אתמול טבעה ספינה בנמל. ראש העיר אמר שהחקירה תתחיל בשבוע הבא.",
    "cp1256": "غرقت سفينة أمس في الميناء. وقال رئيس البلدية إن التحقيق سيبدأ الأسبوع المقبل.",
    "shift_jis": "昨日、港で船が沈没した。市長は、来週から調査を開始すると述べた。",
    "euc_jp": "昨日、港で船が沈没した。市長は、来週から調査を開始すると述べた。",
    "iso2022_jp": "昨日、港で船が沈没した。市長は、来週から調査を開始すると述べた。",
    "gb18030": "昨天一艘船在港口沉没。市长表示，调查将于下周开始。",
    "big5": "昨天一艘船在港口沉沒。市長表示，調查將於下週開始。",
    "cp949": "어제 항구에서 배 한 척이 침몰했다. 시장은 다음 주에 조사가 시작될 것이라고 말했다.",
    "cp874": "เมื่อวานนี้เรือลำหนึ่งจมลงที่ท่าเรือ นายกเทศมนตรีกล่าวว่าการสอบสวนจะเริ่มในสัปดาห์หน้า",
}


def text_of(body: bytes, charset: str | None = None) -> str:
    return decode(Document("harbour", "page.html", body, charset=charset))


@pytest.mark.parametrize("encoding", SENTENCES)
def test_an_encoding_that_nothing_states_is_recognised(encoding: str) -> None:
    page = f"<html>\n<body class='a'>\n<p>{SENTENCES[encoding]}</p>\n</body>"
    assert text_of(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", SENTENCES)
def test_the_stated_encoding_is_believed(encoding: str) -> None:
    for page in (
        f'<meta charset="{encoding}"><p>{SENTENCES[encoding]}',
        f'<meta http-equiv="content-type" content="text/html; charset={encoding}"><p>{SENTENCES[encoding]}',
        f"<?xml version='1.0' encoding='{encoding}'?><p>{SENTENCES[encoding]}</p>",
    ):
        assert text_of(page.encode(encoding)) == page
    assert text_of(SENTENCES[encoding].encode(encoding), charset=encoding.upper()) == SENTENCES[encoding]


@pytest.mark.parametrize("encoding", SENTENCES)
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1", "no-such-charset"])
def test_a_stated_encoding_that_cannot_be_is_not_believed(encoding: str, wrong: str) -> None:
    assert text_of(SENTENCES[encoding].encode(encoding), charset=wrong) == SENTENCES[encoding]


def test_windows_quotation_marks_called_latin_1_are_quotation_marks() -> None:
    assert text_of("She said “no” – twice.".encode("cp1252"), charset="iso-8859-1") == "She said “no” – twice."


def test_utf_8_is_recognised_whatever_is_stated() -> None:
    assert text_of("Zürich, naïve, 港".encode(), charset="iso-8859-1") == "Zürich, naïve, 港"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("language", ["cp1252", "cp1251"])
def test_wide_encodings_with_and_without_a_byte_order_mark(encoding: str, language: str) -> None:
    assert text_of(SENTENCES[language].encode(encoding)) == SENTENCES[language]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_big_endian_byte_order_marks(mark: bytes) -> None:
    wide = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert text_of(mark + "Fähre".encode(wide)) == "Fähre"


def test_one_damaged_character_shows_as_damage_and_costs_nothing_else() -> None:
    body = ("Zürich hört zu. " * 40).encode() + b"\xfc" + "Schön.".encode()
    assert text_of(body) == "Zürich hört zu. " * 40 + "\ufffdSchön."


def test_a_stray_byte_in_plain_ascii_shows_as_damage() -> None:
    assert (
        text_of(b"The ferry sails at six. " * 200 + b"\xd7. \x81.")
        == "The ferry sails at six. " * 200 + "\ufffd. \ufffd."
    )


def test_a_last_character_cut_in_two_does_not_change_the_encoding() -> None:
    assert text_of("Straße nach Köln, gesperrt: ü".encode()[:-1]) == "Straße nach Köln, gesperrt: "


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 text", "a PDF"),
        (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(40), "a film"),
        (bytes(range(256)) * 20, "binary data"),
        (bytes(5000), "binary data"),
    ],
)
def test_what_is_no_text_is_named(body: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=rf"page\.html is {what}.*not text; give"):
        text_of(body)


def test_text_in_no_known_encoding_is_refused_with_a_remedy() -> None:
    body = "Über die Brücke führten große Züge, hörte man gestern im Café.".encode("cp850")
    with pytest.raises(FormatError, match="save it as UTF-8"):
        text_of(body)


@pytest.mark.parametrize(("charset", "byte", "letter"), [("koi8-r", 0xC1, "а"), ("macintosh", 0x80, "Ä")])
def test_a_stated_encoding_is_believed_where_one_letter_tells_nothing(charset: str, byte: int, letter: str) -> None:
    assert text_of(b"<title>" + bytes([byte]) + b"</title>", charset=charset) == f"<title>{letter}</title>"


def test_xml_in_ebcdic() -> None:
    assert text_of("<?xml version='1.0'?><rss/>".encode("cp037")) == "<?xml version='1.0'?><rss/>"


def test_an_empty_document_is_an_empty_text() -> None:
    assert text_of(b"") == ""


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "rot13", "punycode", "hex"]),
)
def test_any_bytes_come_to_text_or_to_a_clear_error(body: bytes, charset: str | None) -> None:
    try:
        text = text_of(body, charset)
    except FormatError as error:
        text = str(error).removeprefix("page.html")
    assert isinstance(text, str)
