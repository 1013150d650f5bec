"""What can be said of a URL or an address without asking the network."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_TRACKING_PREFIX = re.compile(
    r"(?:amp|at|cx|dm|elq|fb|ga|gaa|guce|hsa|itm|mtm|ns|oft|oly|piwik|pk|stm|trk|utm|vero|wt)_|wt\.|elq"
)
_TRACKING_NAMES = """
    __hsfp __hssc __hstc __s __twitter_impression _amp _branch_match_id _branch_referrer _bta_c _bta_tid _ga _gl
    _hsenc _hsmi _openstat action_object_map action_ref_map action_type_map amp aoh bxid cmp cmpid cndid cvid dclid
    emc epik esrc fbclid ftag ftcamp gbraid gclid gclsrc guccounter hootpostid hsctatracking icid igsh igshid isamp
    ito jsessionid li_fat_id maca mbid mc_cid mc_eid mibextid mkt_tok msclkid ncid nr_email_referer ocid openstat
    outputtype phpsessid rb_clickid recip_id ref_src ref_url rtid s_cid s_kwcid sc_campaign sc_channel sc_cid sc_lid
    sc_llid sc_src sc_uid scid sh_kit sharetoken smid smprod smtyp spm sr_share srsltid tracking_source
    traffic_source trkcampaign ttclid twclid usqp wbraid wickedid wpisrc wpsrc wtmc xtor xtref xts yclid ysclid
"""
_CONTENT_NAMES = "category f file id k keyword name p page q query s search t tag title topic url"
_CONTENT = frozenset(_CONTENT_NAMES.split())
"""Names of parameters that say what a page is about; others are about how it was reached, if their value is so too."""
_FROM_A_FEED = re.compile(r"rss(?:$|[^a-z0-9])", re.IGNORECASE)
_MOBILE_LABELS = frozenset(("amp", "m", "mobil", "mobile", "touch", "wap"))
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_TRACKING = frozenset(_TRACKING_NAMES.split())
_WEB = ("http://", "https://")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+-]*:(?!\d)")
"""A scheme, and no host with its port."""
_ASCII_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_AMP_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[a-z]/|(?:www\.)?google\.[a-z.]+/amp/)(s/)?(?=[\w-]+\.)"
)
_AMP_HEAD = re.compile(r"^(?:/amp)+(?=/[^/])")
_AMP_TAIL = re.compile(r"(?<=[^/])(?:[/.]amp)+(?:/?$|(?=\.html$))")
_ESCAPED_AMPERSANDS = re.compile(r"^(?:amp;)+")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT_IN_PATH = "%/:@!$&'()*+,;=~"
_NEEDS_NO_ESCAPE = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?"
# Most URLs of news are canonical, and to see that they are takes a tenth of the time that making them so does.
_CANONICAL = re.compile(r"https?://(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/[A-Za-z0-9_~/-]*(?:\.html?)?")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9=&_.~-]*")
_VARIANT = re.compile(r"[/.]amp(?:[/.]|$)|[/.](?:m|mobil|mobile|touch|wap)\.")
_FRAGMENT_WORDS = 5
"""A fragment of five words at each end finds its sentence although the page marks up words between."""
_FRAGMENT_CHARACTERS = 16
_LONGEST_URL = 8192


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The URL absolute, without tracking parameters and fragment; None unless it is http or https.

    Scheme and host are in lower case, the host in its ASCII form; user, default port, session and the marks
    of an AMP page and of a site for telephones (`m.example.org`, `/amp`, `?outputType=amp`) are gone,
    percent-escapes written in the one way RFC 3986 prefers. Idempotent:
    `canonical_url(canonical_url(u)) == canonical_url(u)`. Never raises.
    """
    page, _, query = url.partition("?")
    if _CANONICAL.fullmatch(page) and not _VARIANT.search(page) and _PLAIN_QUERY.fullmatch(query):
        query = _without_tracking(query)
        return f"{page}?{query}" if query else page
    parts = _split(url, base)
    host = parts and _host_and_port(parts)
    if not parts or not host:
        return None
    host = _without_mobile_labels(host)
    path = _escape(_without_dots(_SESSION.sub("", parts.path)), _KEPT_IN_PATH)
    if path.count("/") > 2:
        path = _AMP_TAIL.sub("", _AMP_HEAD.sub("", path))
    query = _escape(_without_tracking(parts.query), _KEPT_IN_QUERY)
    return f"{parts.scheme}://{host}{path or '/'}{'?' if query else ''}{query}"


def web_address(written: str) -> str:
    """An address as people write it, as one that can be asked: `https://` stands for what has no scheme, `http://` or
    nothing for the `feed:` of old readers."""
    written = written.strip()
    if written[:5].lower() == "feed:":
        return f"http:{written[5:]}" if written[5:].startswith("//") else web_address(written[5:])
    return written if _SCHEME.match(written) else f"https://{written}"


def joined(base: str | None, url: str) -> str:
    """The URL as it is meant in a document at `base`; "" for one that nobody could follow."""
    try:
        return urljoin(base or "", url)
    except ValueError:
        return ""


def domain_of(place: str) -> str:
    """The registrable domain of a URL, host or mail address ("news.example.co.uk" → "example.co.uk").

    A name under no public suffix gives its last two labels, an IP address or a lone name itself, and
    what names no host "".
    """
    place = place.strip()
    if "//" not in place:
        place = "//" + place.removeprefix("mailto:").rpartition("@")[2]
    try:
        host = (urlsplit(place).hostname or "").strip(".")
    except ValueError:
        return ""
    if _is_ip(host) or host.count(".") < 2:  # two labels are a domain, or a suffix that stands for itself
        return host
    return _registrable(host) or ".".join(host.split(".")[-2:])


def text_fragment(url: str, sentence: str) -> str:
    """The URL with a `#:~:text=` directive that scrolls to the sentence in its page.

    A long sentence is given by its first and last words (WICG, URL Fragment Text Directives).
    """
    words = sentence.split()
    if len(words) > 2 * _FRAGMENT_WORDS:
        ends = [" ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])]
    elif len(words) * 10 < len(sentence) > 3 * _FRAGMENT_CHARACTERS:  # a script that puts no spaces between words
        ends = [words[0][:_FRAGMENT_CHARACTERS], words[-1][-_FRAGMENT_CHARACTERS:]]
    else:
        ends = [" ".join(words)]
    if not words:
        return url
    directive = ",".join([percent_encoded(end).replace("-", "%2D") for end in ends])
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def percent_encoded(text: str, kept: str = "") -> str:
    """The text as `urllib.parse.quote` writes it, in a third of its time: an issue has thousands to write.

    `kept` are the ASCII characters that stay as they are, beside letters, digits and `-._~`; a lone surrogate counts
    as a question mark.
    """
    return text.encode("utf-8", "replace").decode("latin-1").translate(_octets(kept))


@cache
def _octets(kept: str) -> dict[int, str]:
    """What is written for each byte of UTF-8."""
    return {byte: quote(bytes([byte]), safe=kept) for byte in range(256)}


def safe_href(url: str) -> str | None:
    """The URL as it may stand in a link: http, https or mailto, percent-encoded; None for any other.

    A user name before the host is left out: it shows readers another place than the one they go to.
    """
    url = _INVISIBLE.sub(" ", url).strip()
    scheme, _, rest = url.partition(":")
    scheme = scheme.lower()
    if scheme == "mailto" and "@" in rest:
        return "mailto:" + _escape(rest, _KEPT_IN_QUERY)
    parts = _split(url)
    host = parts and _host_and_port(parts)
    if not parts or not host:
        return None
    path, query = _escape(parts.path, _KEPT_IN_PATH), _escape(parts.query, _KEPT_IN_QUERY)
    return urlunsplit((parts.scheme, host, path, query, _escape(parts.fragment, _KEPT_IN_QUERY)))


def _split(url: str, base: str | None = None) -> SplitResult | None:
    """The parts of an absolute http or https URL, or None."""
    if len(url) > _LONGEST_URL:
        return None
    try:
        url = _INVISIBLE.sub(" ", url).strip()
        if base and not url.startswith(_WEB):
            url = urljoin(_INVISIBLE.sub(" ", base).strip(), url)
        inner = _AMP_CACHE.match(url)
        if inner:
            url = ("https://" if inner.group(1) else "http://") + url[inner.end() :]
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _host_and_port(parts: SplitResult) -> str | None:
    try:
        host, port = parts.hostname or "", parts.port
        if ":" in host:
            host = f"[{ip_address(host).compressed}]"
        elif not _ASCII_HOST.fullmatch(host):
            host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:  # a port, an IPv6 address or an international name that cannot be one
        return None
    if not host or not re.fullmatch(r"[\w.:\[\]-]+", host):
        return None
    return host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _without_mobile_labels(host: str) -> str:
    """The host of the site that a site for telephones is a variant of: "en.m.example.org" → "en.example.org"."""
    labels = host.split(".")
    if _MOBILE_LABELS.isdisjoint(labels[:-2]):
        return host
    own = len(domain_of(host.partition(":")[0]).split("."))
    kept = [label for label in labels[:-own] if label not in _MOBILE_LABELS]
    return ".".join((*kept, *labels[-own:]))


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    pairs = (_ESCAPED_AMPERSANDS.sub("", pair) for pair in query.split("&"))
    return "&".join(pair for pair in pairs if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    if name in _TRACKING or _TRACKING_PREFIX.match(name):
        return True
    return name not in _CONTENT and (value == "amp" or _FROM_A_FEED.match(value) is not None)


def _escape(text: str, kept: str) -> str:
    """Percent-encoded once, whether or not it was before."""
    if _NEEDS_NO_ESCAPE.fullmatch(text):
        return text
    text = percent_encoded(_LONE_PERCENT.sub("%25", text), kept)
    return _ESCAPE.sub(_normal_escape, text)


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match.group()[1:], 16))
    return character if character in _UNRESERVED else match.group().upper()


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _packaged_suffixes() -> Any:
    from tld.utils import MozillaTLDSourceParser

    class PackagedSuffixes(MozillaTLDSourceParser):
        @classmethod
        def update_tld_names(cls, fail_silently: bool = False) -> bool:
            """The library fetches its list where it finds none; this program never does."""
            return False

    return PackagedSuffixes


def _registrable(host: str) -> str:
    from tld import get_fld

    found = get_fld(f"http://{host}", fail_silently=True, parser_class=_packaged_suffixes())
    return str(found or "")
