"""What moves on a page by itself, as rules: each looks at one line.

A rule masks figures, never words, and only where the words around them leave no doubt: a figure that might be
a date, a sum, a § or a deadline stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MASK = "…"
"""What stands for a masked figure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` becomes `replacement`, on lines that hold one of `needles` in lower case and pass `hint`."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: str = rf"\g<1>{MASK}"
    hint: Callable[[str], object] | None = None


_DATE = r"(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[-/]\d{1,2}[-/]\d{4})"
_CLOCK = r"(?:(?:klo|kello|kl)\b\.?\s*)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?"
_MOMENT = rf"(?:\w{{2,3}}\s+)?{_DATE}(?:,?\s+{_CLOCK})?"
_NO_RANGE = r"(?!\s*[-–‒—−]\s*\d)(?![\d.:]*\d)"
_N = r"(?:\d{1,3}(?:[ .,]\d{3})+|\d+)"
_STAMP = (
    r"(?:"
    r"(?:(?:tätä\s+)?(?:sivu[an]?(?:\s+tiedot)?|sisältöä?|artikkelia?)\s+)?(?:on\s+)?(?:viimeksi\s+)?"
    r"(?:päivitetty|muokattu|muutettu|tulostettu|päivittynyt)(?:\s+viimeksi)?"
    r"|sivu\s+(?:on\s+)?(?:luotu|generoitu|ladattu|haettu)|viimeisin\s+päivitys|päivitysaika|tulostusaika|tulostuspäivä"
    r"|(?:sidan\s+|innehållet\s+)?(?:är\s+|har\s+)?(?:senast\s+|sist\s+)?"
    r"(?:uppdatera[dt]s?|ändra[dt]s?|redigera[dt]s?|utskriven|genererad)"
    r"|(?:page\s+)?(?:last\s+)?(?:updated|modified|printed|generated)(?:\s+on)?"
    r")"
)
_SEEN = "katsottu|katseltu|luettu|avattu|ladattu|näytetty|vierailtu|jaettu|visats?|visad|läst|öppnad|viewed|read"
_VISITS = (
    r"kävijöitä|kävijämäärä|kävijälaskuri|kävijät|katselukerrat|katselukertoja|katseluita|lukukerrat|lukukertoja|lukijoita"
    r"|näyttökerrat|näyttökertoja|latauskerrat|latauksia|(?:antal\s+)?visningar|besökare|(?:page\s+)?views"
)
_VISIT = r"kävijää?|kävijä|katselukertaa?|katselua|lukukertaa?|näyttökertaa?|visningar|visning|besökare|views?|paikalla"
_FROM, _UP_TO = r"(?:^|(?<=[.!|•·] ))", r"(?=\s*(?:$|[.|•·]))"
_NOW = r"(?:yhteensä|tänään|nyt|tällä\s+hetkellä|sivulla|sivustolla|paikalla|totalt|idag|just\s+nu)"
_AGO = r"(?:sekuntia?|sek|s|minuuttia?|min|tuntia?|tunti|t|h|päivää?|päivä|pv|vrk|viikkoa?|viikko|vk)\.?\s+sitten"
_SEDAN = r"(?:sekunde?r?|sek|minute?r?|minut|min|timm(?:e|ar)|tim|h|dag(?:ar)?|vecko?r?|vecka)\.?\s+sedan"
_BACK = r"(?:seconds?|minutes?|min|hours?|days?|weeks?)\s+ago"
_QUEUE = r"jonotusaika|odotusaika|kötid|väntetid(?:en)?|jonossa|jonon\s+pituus|i\s+kön?"
_QUEUED = r"min\w*|h|tuntia?|t|henkilöä|soittajaa|asiakasta|personer"


def _rule(words: str, pattern: str, replacement: str = rf"\g<1>{MASK}") -> Rule:
    """A rule for lines that hold one of `words` (separated by commas)."""
    return Rule(tuple(words.split(",")), re.compile(pattern, re.IGNORECASE), replacement)


def _has_token(low: str) -> bool:
    """Whether any word is long enough for a hash and bears figures."""
    return any(_TWO_FIGURES.search(word) for word in [word for word in low.split() if len(word) >= 16])


_TWO_FIGURES = re.compile(r"\d.*?\d")
_RUNNING_SECONDS = re.compile(r":\d\d:\d\d")
_EPOCH = re.compile(r"1[5-9]\d{8}")

STAMP_LABEL = re.compile(rf"{_STAMP}\s*:?", re.IGNORECASE)
"""A line that is nothing but the label of a stamp; the moment stands on the next."""
STAMP_MOMENT = re.compile(rf"{_MOMENT}\.?", re.IGNORECASE)

STAMP = _rule(  # "Päivitetty 2.3.2026 klo 9.37", "(Muokattu: 12.1.2023 klo 14.47)": opening a line or a bracket
    "etty,attu,ettu,sivu,tulostus,päivity,uppdat,ändra,rediger,utskr,gener,updated,modif,printed",
    rf"((?:^|(?<=[(|•·\[])|(?<=[,;–-] ))\s*{_STAMP}\s*[:|]?\s*){_MOMENT}{_NO_RANGE}",
)

RULES: tuple[Rule, ...] = (
    STAMP,
    Rule(  # "12:31:05", unless it is a deadline's
        (":",),
        re.compile(
            r"(?<![\d:.,–-])(?<!klo )(?<!kello )(?<!kl\. )(?<!kl )(?<!klo)()\d{1,2}:\d{2}:\d{2}(?![\d:])(?:[.,]\d{1,6})?"
            r"(?!\s*(?:[-–‒—−]\s*\d|mennessä|asti|saakka))",
            re.IGNORECASE,
        ),
        hint=_RUNNING_SECONDS.search,
    ),
    _rule(  # "Kello on nyt 12.31"
        "kello on,klo on,kellonaika,aika nyt,klockan är",
        rf"((?:kello\s+on(?:\s+nyt)?|klo\s+on\s+nyt|kellonaika(?:\s+nyt)?|aika\s+nyt|klockan\s+är(?:\s+nu)?)\s*:?\s*)"
        rf"{_CLOCK}(?!\d)(?!\s*(?:mennessä|asti|saakka))",
    ),
    _rule(  # "Sivua katsottu 1 234 kertaa", "luettu 12 kertaa"
        "kertaa,kerran,gånger,gång,times",
        rf"((?:{_SEEN})\s*:?\s*){_N}(\s+(?:kertaa?|kerran|gånger|gång|times))",
        rf"\g<1>{MASK}\g<2>",
    ),
    _rule(  # a label and its figure, a sentence of their own: "Kävijöitä tänään: 1 234"
        "kävij,kertoja,kerrat,katseluita,visning,besök,views,lukijoita,latauks",
        rf"{_FROM}((?:sivun\s+|sivuston\s+|sivulla\s+)?(?:{_VISITS})(?:\s+{_NOW})*\s*[:|]?\s*){_N}{_UP_TO}",
    ),
    _rule(  # a figure and its noun, a sentence of their own: "Sivulla on nyt 12 kävijää"
        "kävij,katselu,lukukert,näyttöker,visning,besök,views,paikalla",
        rf"{_FROM}((?:(?:olet|on)\s+|{_NOW}\s+)*){_N}(\.?\s+(?:{_VISIT})(?:\s+{_NOW})*){_UP_TO}",
        rf"\g<1>{MASK}\g<2>",
    ),
    _rule(  # "5 minuuttia sitten", "för 2 timmar sedan", "hetki sitten"
        "sitten,sedan, ago",
        rf"(?<![\d.,])(?:(?:noin|n\.|ca|för)\s*)?\d{{1,3}}\s*(?:{_AGO}|{_SEDAN}|{_BACK})\b"
        r"|\b(?:hetki|äsken)\s+sitten\b|\b(?:nyss|en\s+stund)\s+sedan\b",
        MASK,
    ),
    _rule(  # "© Pirkanmaan hyvinvointialue 2022–2026"
        "©,copyright",
        r"((?:©|copyright)(?:\s*©)?\s*(?:[^\W\d][^\d]{0,60}?)?)(?:19|20)\d{2}(?:\s*[-–‒]\s*(?:19|20)\d{2})?(?!\.?\d)",
    ),
    _rule(  # "Jonotusaika on nyt noin 12 min", "Jonossa 3"
        "jono,odotusaika,kötid,väntetid,i kö",
        rf"((?:{_QUEUE})(?:\s+(?:{_NOW}|on|noin|n\.|arviolta|är|nu|ca))*\s*:?\s*){_N}(?:\s*[-–]\s*\d+)?(\s*(?:{_QUEUED})\b\.?|\s*$)",
        rf"\g<1>{MASK}\g<2>",
    ),
    _rule("°", r"(?<![\d.,])[-+−–]?\d{1,2}(?:[.,]\d)?(\s*°)", rf"{MASK}\g<1>"),  # the weather
    _rule("session,sid=,token,nonce", r"(\b(?:j?session_?-?id|phpsessid|sid|\w*token|nonce)\s*[=:]\s*)[\w.+/=-]{6,}"),
    Rule(  # GUIDs, hashes, nonces
        ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        re.compile(
            r"(?<![\w/@.+-])()(?:"
            r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
            r"|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{16,128}"
            r"|(?=[0-9A-F]*[A-F])(?=[0-9A-F]*\d[0-9A-F]*\d)[0-9A-F]{16,128}"
            r"|(?=(?:[a-zA-Z_+-]*\d){3})(?=(?:[a-z0-9_+-]*[A-Z]){3})(?=(?:[A-Z0-9_+-]*[a-z]){3})[A-Za-z0-9_+-]{24,512}={0,2}"
            r")(?![\w/@-])"
        ),
        hint=_has_token,
    ),
    Rule(  # seconds or milliseconds since 1970
        ("1",),
        re.compile(
            r"(?<![\d+.,/§-])(?<!\d )()1[5-9]\d{8}(?:\d{3})?(?![\d.,/-]*\d)(?!\s*(?:€|e\b|eur|euro|mk|%|milj|\d))",
            re.IGNORECASE,
        ),
        hint=_EPOCH.search,
    ),
)
"""In the order in which they are applied."""
