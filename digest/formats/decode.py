"""Bytes → text, in whatever encoding they came, or a clear error: never silent mojibake."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from digest.errors import FormatError
from digest.language import identify_language
from digest.model import Document

_SIGNATURES = (
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"), (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"), (b"Rar!", "a RAR archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "an RTF document"), (b"SQLite format 3", "a database"),
    (b"RIFF", "a sound, a film or a WebP image"), (b"ID3", "a sound"), (b"OggS", "a sound"), (b"fLaC", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a film"), (b"II*\x00", "a TIFF image"), (b"MM\x00*", "a TIFF image"), (b"wOF", "a font"),
    (b"\x00\x00\x01\x00", "an icon"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"\x00asm", "a program"),
    (b"bplist00", "a binary property list"), (b"%!PS", "a PostScript document"),
)  # fmt: skip
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_MOST_CONTROLS = 0.01
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAST_PLANE = 0x10
_EBCDIC_XML = "<?xml".encode("cp037")
_STATED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.I,
)
_STATED_WITHIN = 4096
# Python has codecs that are no encodings of pages (punycode, unicode_escape), and some take quadratic time.
_TEXT_CODEC = re.compile("utf-(?:8|16|32)|iso8859|iso2022|cp[0-9]|koi8|mac|gb|big5|euc|shift_jis|tis|johab|hz")
# What a name means in truth (WHATWG, Encoding): the wider code page that people use under it.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-8": "cp1255", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "shift_jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc_kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "mac": "mac_roman", "csmacintosh": "mac_roman", "ms-ansi": "cp1252", "ms-ee": "cp1250",
    "ms-cyrl": "cp1251", "ms-greek": "cp1253", "ms-turk": "cp1254", "ms-hebr": "cp1255", "ms-arab": "cp1256",
    "winbaltrim": "cp1257",
}  # fmt: skip
_LATIN = ["cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman"]
_DETECTED = [
    *_LATIN, "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
# The letters beyond ASCII each language of the Latin script is written with: several code pages decode such a text
# without complaint, and only one of them to these.
_LETTERS = {
    "ca": "àçèéíïòóúü·", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüßé", "en": "éèçñïöüô", "es": "áéíóúüñ¿¡ºª",
    "et": "äõöüšž", "eu": "ñü", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ", "gl": "áéíóúüñ", "hr": "čćđšž",
    "hu": "áéíóöőúüű", "is": "áæéðíóöþúý", "it": "àèéìíîòóùú", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "nb": "æøåéèòô",
    "nl": "éëïóèêüö", "nn": "æøåéèòô", "no": "æøåéèòô", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúüºª", "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšžćđ", "sv": "åäöéü", "tr": "âçğıiîöşüû",
}  # fmt: skip
_SIGNS = frozenset("\xa0«»‹›“”„‘’‚–—…•·€£¥§°©®™½¼¾²³×±\xad")
# Sound characters wanted for each damaged one. Hardly any text that is not UTF-8 holds whole sequences of it.
_TOLERATED = {"utf-8": 2}
_STRAY = 0.001
"""Share of characters that may be damaged in a text in which no others are beyond ASCII."""
_LEAST_FIT = 0.6
_SAMPLE = 65_536


def decode(document: Document) -> str:
    """The document's text, without a byte order mark.

    Raises FormatError for what is no text, and for text whose encoding cannot be told.
    """
    body = document.body
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark) and (text := _decoded(body[len(mark) :], encoding)) is not None:
            return text
    wide = _without_mark(body)
    if wide is not None:
        return wide
    if body.startswith(_EBCDIC_XML):
        return body.decode("cp037")
    _refuse_binary(document)
    text = _decoded(body, "iso2022_jp_2") if b"\x1b$" in body else None
    if text is None:
        text = _decoded(body, "utf-8")
    if text is None:
        text = _as_declared(document)
    if text is None:
        text = _detected(body)
    if text is None:
        text = _as_declared_to_the_letter(document)
    if text is None and (stray := body.decode("utf-8", "replace")).count("\ufffd") <= _STRAY * len(stray):
        text = stray
    if text is None:
        raise FormatError(f"{document.name}: the encoding of its text cannot be told; save it as UTF-8")
    return text


def _decoded(body: bytes, encoding: str) -> str | None:
    """The text, or None where more than a stray character is not in that encoding."""
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    damage = text.count("\ufffd")
    if damage:
        sound = len(text) - len(text.encode("ascii", "ignore")) - damage
        if sound and damage == 1 and text.endswith("\ufffd"):  # the file was cut within a character
            return text[:-1]
        if damage * _TOLERATED.get(encoding, 50) > sound:
            return None
    return text.removeprefix("\ufeff")


def _without_mark(body: bytes) -> str | None:
    """UTF-16 or UTF-32 that does not say so: the zero bytes of its spaces all stand in the same place."""
    sample = body[:_SAMPLE]
    zeros = sample.count(0)
    if zeros * 50 < len(sample):
        return None
    for encoding, plane, high, low in (("utf-32-be", 1, 0, 3), ("utf-32-le", 2, 3, 0)):
        is_wide = not any(sample[high::4]) and max(sample[plane::4], default=0xFF) <= _LAST_PLANE
        if is_wide and sample[low::4].count(0) * 50 < len(sample):
            return _decoded(body, encoding)
    even = sample[::2].count(0)
    if min(even, zeros - even) * 10 > zeros:
        return None
    return _decoded(body, "utf-16-be" if even * 2 > zeros else "utf-16-le")


def _refuse_binary(document: Document) -> None:
    sample = document.body[:_SAMPLE]
    what = next((what for signature, what in _SIGNATURES if sample.startswith(signature)), "")
    if sample[4:8] == b"ftyp":
        what = "a film or an image"
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample):
        what = what or "binary data"
    if what:
        raise FormatError(
            f"{document.name} is {what}, not text; give the article as HTML, Markdown, plain text, a feed or a mail"
        )


def _as_declared(document: Document) -> str | None:
    for name in _declared(document):
        text = _decoded(document.body, name)
        if text is not None and _fit(_telling(document.body).decode(name, "ignore")) >= _LEAST_FIT:
            return text
    return None


def _as_declared_to_the_letter(document: Document) -> str | None:
    """What is declared and decodes without a fault, though its few letters beyond ASCII tell nothing."""
    for name in _declared(document):
        try:
            return document.body.decode(name)
        except UnicodeError:
            continue
    return None


def _declared(document: Document) -> Iterator[str]:
    stated = _STATED.search(document.body[:_STATED_WITHIN])
    names = (document.charset, stated and (stated.group(1) or stated.group(2)).decode("ascii"))
    for name in filter(None, names):
        name = name.strip().lower()
        try:
            codec = codecs.lookup(_MEANT.get(name, name)).name
        except LookupError:  # a name no encoding has
            continue
        if _TEXT_CODEC.match(codec):
            yield _MEANT.get(codec, codec)


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = _telling(body)
    likely = [match.encoding for match in from_bytes(sample, cp_isolation=_DETECTED)]
    fits = {encoding: _fit(sample.decode(encoding, "ignore")) for encoding in likely}
    # Latin encodings that fit equally well differ in nothing that is in the sample: the commonest is meant.
    for encoding in sorted(likely, key=lambda name: (-fits[name], _LATIN.index(name) if name in _LATIN else -1)):
        if fits[encoding] >= _LEAST_FIT and (text := _decoded(body, encoding)) is not None:
            return text
    return None


def _telling(body: bytes) -> bytes:
    """The stretches between tags and line ends that hold a byte beyond ASCII."""
    stretches = re.split(rb"[<>\r\n]", body[: 16 * _SAMPLE])
    return b"\n".join(stretch for stretch in stretches if not stretch.isascii())[:_SAMPLE]


def _fit(text: str) -> float:
    """The share of the characters beyond ASCII that the text's language is written with (0 to 1)."""
    beyond = [character for character in text if character > "\x7f" and character not in _SIGNS]
    if not beyond:
        return 1.0
    if 2 * sum(map(str.isupper, beyond)) > len(beyond):  # cases swapped: one Cyrillic code page read as another
        return 0.0
    accented = sum("\x80" <= character < "\u0250" for character in beyond)
    if 2 * accented > len(text):  # hardly a plain letter between: another script read as Latin
        return 0.0
    letters = _LETTERS.get(identify_language(text))
    if letters is None:
        # Lone Korean letters are Japanese ones read as Korean: EUC-KR keeps them where EUC-JP keeps hiragana.
        letter = (character.isalnum() and not "\u3130" <= character <= "\u318f" for character in beyond)
        return sum(letter) / len(beyond)
    return sum(character.lower() in letters for character in beyond) / len(beyond)
