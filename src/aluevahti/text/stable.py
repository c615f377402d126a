"""Text without what moves by itself: what is hashed and compared, never shown.

Masked: running clocks, counters, "updated" stamps, ages, tokens. Never masked: dates, sums, §, windows and the
clock times of deadlines, because a digest lives by them. In doubt a figure stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from aluevahti.text.tidy import tidy, tidy_line

MASK = "…"
"""What stands for a masked piece; letters never become part of it."""

_DATE = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}"
_CLOCK = r"(?:(?:klo|kello|kl)\b\.?\s*)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"
_NO_RANGE = r"(?!\s*[-–‒—−]\s*\d)(?![\d.:]*\d)"
_STAMP_WORD = (
    r"(?:(?:tätä\s+)?(?:sivu[an]?(?:\s+tiedot)?|sisältöä?|artikkelia?)\s+)?(?:on\s+)?(?:viimeksi\s+)?"
    r"(?:päivitetty|muokattu|muutettu|tulostettu|päivittynyt)(?:\s+viimeksi)?"
    r"|sivu\s+(?:on\s+)?(?:luotu|generoitu|ladattu|haettu)|viimeisin\s+päivitys|päivitysaika|tulostusaika|tulostuspäivä"
    r"|(?:sidan\s+|innehållet\s+)?(?:är\s+|har\s+)?(?:senast\s+|sist\s+)?(?:uppdatera[dt]s?|ändra[dt]s?|redigera[dt]s?|utskriven|genererad)"
    r"|(?:page\s+)?(?:last\s+)?(?:updated|modified|printed|generated)(?:\s+on)?"
)
_N = r"\d{1,3}(?:[ .,]\d{3})+|\d+"
_UNIT_AGO = r"(?:sekuntia?|sek?|minuuttia?|min|tuntia?|tunti|t|h|päivää?|päivä|pv|vrk|viikkoa?|viikko|vk)"
_UNIT_SEDAN = r"(?:sekunde?r?|sek|minute?r?|minut|min|timm(?:e|ar)|tim|h|dag(?:ar)?|vecko?r?|vecka)"


_DASHES = re.compile("[‐‑‒–—―−]")
_SPACED_DASH = re.compile(r"\s+-\s*|\s*-\s+")
_DOUBLE_QUOTES, _SINGLE_QUOTES = re.compile("[“”„‟«»″]"), re.compile("[‘’‚‛´`′]")
_SECTION = re.compile(r"\A(?:\d{1,4}\.?\s*/\s*)?(?:§\s*\d{1,4}|\d{1,4}\s*§)[\s:.,-]*(?=\S)")


def _masking(pattern: str, *, line: bool = False) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern})$" if line else pattern, re.IGNORECASE | re.MULTILINE)


_Rule = tuple[Callable[[str], bool], re.Pattern[str], str]


def _has(*words: str) -> Callable[[str], bool]:
    """A cheap look (on the text in lower case) whether a rule can apply at all."""
    return lambda low: any(word in low for word in words)


_CLOCK_SECONDS = re.compile(r"\d:\d\d:\d\d")
_LONG_TOKEN = re.compile(r"(?=[a-zA-Z_+-]*\d)[0-9a-zA-Z_+-]{16}")

_RULES: tuple[_Rule, ...] = (
    # "Päivitetty 2.3.2026 klo 9.37", "(Muokattu: 12.1.2023 klo 14.47)": at the start of a line or of a bracket
    (
        _has(
            "etty",
            "attu",
            "otu",
            "päivity",
            "tulostus",
            "uppdat",
            "ändra",
            "rediger",
            "genere",
            "utskr",
            "updated",
            "modif",
            "printed",
        ),
        _masking(
            rf"(?:^|(?<=[(|•·\[])|(?<=[,;–] ))(\s*(?:{_STAMP_WORD})\s*:?\s*)(?:\w{{2,3}}\s+)?(?:{_DATE})(?:,?\s+{_CLOCK})?{_NO_RANGE}"
        ),
        rf"\g<1>{MASK}",
    ),
    # "12:31:05", unless a deadline says klo
    (
        lambda low: _CLOCK_SECONDS.search(low) is not None,
        _masking(
            r"(?<![\d:.,–-])(?<!klo )(?<!kello )(?<!kl\. )(?<!kl )(?<!klo)\d{1,2}:\d{2}:\d{2}(?![\d:])(?:[.,]\d{1,6})?"
            r"(?!\s*(?:[-–‒—−]\s*\d|mennessä|asti|saakka))"
        ),
        MASK,
    ),
    # "Kello on nyt 12.31", "Klockan är nu 12.31"
    (
        _has("kello on", "klo on", "kellonaika", "klockan är", "aika nyt"),
        _masking(
            rf"((?:kello\s+on(?:\s+nyt)?|klo\s+on\s+nyt|kellonaika(?:\s+nyt)?|aika\s+nyt|klockan\s+är(?:\s+nu)?)\s*:?\s*)(?:{_CLOCK})(?!\d)"
        ),
        rf"\g<1>{MASK}",
    ),
    # "Sivua katsottu 1 234 kertaa", "luettu 12 kertaa", "visad 3 gånger"
    (
        _has("kertaa", "kerran", "gånger", "gång", "times"),
        _masking(
            rf"((?:katsottu|katseltu|luettu|avattu|ladattu|näytetty|vierailtu|jaettu|visats?|visad|läst|öppnad|viewed|read)\s*:?\s*)(?:{_N})(\s+(?:kertaa?|kerran|gånger|gång|times))"
        ),
        rf"\g<1>{MASK}\g<2>",
    ),
    # a label and its figure: "Kävijöitä: 1 234"
    (
        _has("kävij", "kertoja", "kerrat", "näyttöker", "visning", "besök", "views", "lukijoita", "latauks"),
        _masking(
            rf"((?:sivun\s+|sivuston\s+|sivulla\s+)?(?:kävijöitä|kävijämäärä|kävijälaskuri|kävijät|katselukerrat|katselukertoja|katseluita|lukukerrat|lukukertoja|lukijoita|näyttökerrat|näyttökertoja|latauskerrat|latauksia|visningar|antal\s+visningar|besökare|page\s+views|views)(?:\s+(?:yhteensä|tänään|nyt|totalt|idag))?\s*:?\s*)(?:{_N})",
            line=True,
        ),
        rf"\g<1>{MASK}",
    ),
    # "1 234 kävijää", "Sivulla on nyt 12 kävijää", "12 visningar": a line of its own
    (
        _has("kävij", "katselu", "lukukert", "näyttöker", "visning", "besök", "views", "paikalla"),
        _masking(
            rf"((?:olet\s+|sivulla\s+|sivustolla\s+|nyt\s+|on\s+|just\s+nu\s+)*)(?:{_N})(\.?\s+(?:kävijää?|kävijä|katselukertaa?|katselua|lukukertaa?|näyttökertaa?|visningar|visning|besökare|views?|paikalla)(?:\s+(?:sivulla|sivustolla|paikalla|tänään|nyt|yhteensä|idag|totalt))*\.?)",
            line=True,
        ),
        rf"\g<1>{MASK}\g<2>",
    ),
    # "5 minuuttia sitten", "för 2 timmar sedan"
    (
        _has("sitten", "sedan", " ago"),
        _masking(
            rf"(?<![\d.,])(?:noin\s+|n\.\s*|ca\s+)?\d{{1,3}}\s*(?:{_UNIT_AGO})\s+sitten\b|(?<![\d.,])(?:för\s+)?\d{{1,3}}\s*(?:{_UNIT_SEDAN})\s+sedan\b|(?<![\d.,])\d{{1,3}}\s*(?:seconds?|minutes?|min|hours?|days?|weeks?)\s+ago\b|(?:hetki|äsken)\s+sitten\b|(?:nyss|en\s+stund)\s+sedan\b"
        ),
        MASK,
    ),
    # "© 2022–2026"
    (
        _has("©", "copyright"),
        _masking(
            r"((?:©|copyright)(?:\s*©)?\s*(?:[^\W\d][^\n\d]{0,60}?)?)(?:19|20)\d{2}(?:\s*[-–‒]\s*(?:19|20)\d{2})?(?!\.?\d)"
        ),
        rf"\g<1>{MASK}",
    ),
    # "Jonotusaika 12 min", "jonossa 3"
    (
        _has("jono", "odotusaika", "kötid", "väntetid", "i kö"),
        _masking(
            rf"((?:jonotusaika|odotusaika|kötid|väntetid(?:en)?|jonossa|jonon\s+pituus|i\s+kön?)(?:\s+(?:nyt|tällä\s+hetkellä|on|noin|n\.|arviolta|är|nu|ca|just\s+nu))*\s*:?\s*)(?:{_N})(\s*(?:[-–]\s*\d+)?\s*(?:min\w*|h|tuntia?|henkilöä|soittajaa|hakijaa|personer|asiakasta|t)\b\.?|\s*$)"
        ),
        rf"\g<1>{MASK}\g<2>",
    ),
    # "−3,5 °C"
    (_has("°"), _masking(r"(?<![\d.,])[-+−–]?\d{1,2}(?:[.,]\d)?\s*°\s*C?"), f"{MASK}°"),
    # sessions, nonces, hashes, GUIDs, epochs
    (
        _has("session", "sid=", "token", "nonce"),
        _masking(r"((?:j?session_?-?id|phpsessid|\bsid|\w*token|nonce)\s*[=:]\s*)[\w.+/=-]{6,}"),
        rf"\g<1>{MASK}",
    ),
    (
        lambda low: _LONG_TOKEN.search(low) is not None,
        re.compile(
            r"(?<![\w/@.+-])(?:"
            r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
            r"|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{16,128}|(?=[0-9A-F]*[A-F])(?=[0-9A-F]*\d[0-9A-F]*\d)[0-9A-F]{16,128}"
            r"|(?=(?:[\w+-]*?\d){3})(?=(?:[\w+-]*?[A-Z]){3})(?=(?:[\w+-]*?[a-z]){3})[A-Za-z0-9_+-]{24,512}={0,2}"
            r")(?![\w/@-])"
        ),
        MASK,
    ),
    (
        lambda low: "1" in low,
        _masking(r"(?<![\d+.,/§-])(?<!\d )1[5-9]\d{8}(?:\d{3})?(?![\d.,/-]*\d)(?!\s*(?:€|e\b|eur|euro|mk|%|milj|\d))"),
        MASK,
    ),
)


def normalise_title(title: str) -> str:
    """`title` by which a respelt title is recognised: case, dashes, quotes, spaces, a leading § and final points aside.

    The words stay, so that an agenda and the minutes of one meeting keep different titles.
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", tidy_line(title)).casefold())
    text = _SINGLE_QUOTES.sub("'", _DOUBLE_QUOTES.sub('"', text))
    text = " ".join(_SPACED_DASH.sub(" - ", text).split())
    return _SECTION.sub("", text).strip(" .,:;!?-") or text


def stable(text: str) -> str:
    """`text` with what moves by itself masked, whitespace folded, the lines in their order.

    Idempotent. Two readings of an unchanged page give the same result, and no date, sum, § or deadline that
    was changed by a person is lost in it.
    """
    text = tidy(text)
    low = text.lower()
    for may_apply, pattern, replacement in _RULES:
        if may_apply(low):
            text = pattern.sub(replacement, text)
    return text
