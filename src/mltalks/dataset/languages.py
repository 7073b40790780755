"""Languages by their names and codes, in programmes, bibliographies and repositories.

Does not guess: a name that is not listed is none. Sources: ISO 639-1, 639-2 and 639-3; Javier Bezos and Johannes Braams, Babel.
"""

from functools import cache

from mltalks.dataset import values as rules
from mltalks.messages import Lang

# The two-letter code, the codes of three letters, and the names in English, in the language itself, and in Babel.
_NAMES = """
aa aar afar; ab abk abkhazian; af afr afrikaans; ak aka akan; am amh amharic; an arg aragonese; ar ara arabic العربية; as asm assamese;
ay aym aymara; az aze azerbaijani; ba bak bashkir; be bel belarusian; bg bul bulgarian български; bi bis bislama; bm bam bambara;
bn ben bengali bangla; bo bod tib tibetan; br bre breton; bs bos bosnian; ca cat catalan valencian català; ce che chechen;
co cos corsican; cs ces cze czech čeština; cv chv chuvash; cy cym wel welsh; da dan danish dansk; de deu ger german ngerman deutsch ドイツ語
austrian naustrian swissgerman nswissgerman germanb; dv div dhivehi; dz dzo dzongkha; ee ewe ewe; el ell gre greek polutonikogreek
ελληνικά; en eng english american british usenglish ukenglish canadian australian newzealand 英語; eo epo esperanto; es spa spanish
castilian español mexican スペイン語; et est estonian eesti; eu eus baq basque euskara; fa fas per persian farsi فارسی; ff ful fulah;
fi fin finnish suomi; fj fij fijian; fo fao faroese; fr fra fre french français frenchb francais acadian canadien フランス語; fy fry
frisian; ga gle irish gaeilge; gd gla gaelic scottish; gl glg galician galego; gn grn guarani; gu guj gujarati; ha hau hausa;
he heb hebrew עברית; hi hin hindi हिन्दी; hr hrv croatian hrvatski; ht hat haitian; hu hun hungarian magyar; hy hye arm armenian;
ia ina interlingua; id ind indonesian bahasai bahasa; ig ibo igbo; is isl ice icelandic íslenska; it ita italian italiano イタリア語;
ja jpn japanese jp 日本語; jv jav javanese; ka kat geo georgian; kk kaz kazakh; kl kal greenlandic; km khm khmer; kn kan kannada;
ko kor korean 한국어 韓国語; ku kur kurdish kurmanji; ky kir kyrgyz; la lat latin; lb ltz luxembourgish; lg lug ganda; ln lin lingala;
lo lao lao; lt lit lithuanian lietuvių; lv lav latvian latviešu; mg mlg malagasy; mi mri mao maori; mk mkd mac macedonian;
ml mal malayalam; mn mon mongolian; mr mar marathi; ms msa may malay bahasam; mt mlt maltese; my mya bur burmese; ne nep nepali;
nl nld dut dutch nederlands flemish; nn nno nynorsk; no nor nob norwegian norsk bokmål; oc oci occitan; or ori odia; pa pan punjabi;
pl pol polish polski; ps pus pashto; pt por portuguese português brazilian brazil portuges ポルトガル語; qu que quechua; rm roh romansh;
ro ron rum romanian română moldavian; ru rus russian русский ロシア語; rw kin kinyarwanda; sa san sanskrit; sd snd sindhi; se sme samin;
si sin sinhala; sk slk slo slovak slovenčina; sl slv slovenian slovene slovenščina; sm smo samoan; so som somali;
sq sqi alb albanian shqip; sr srp serbian serbianc српски; su sun sundanese; sv swe swedish svenska; sw swa swahili kiswahili;
ta tam tamil தமிழ்; te tel telugu; tg tgk tajik; th tha thai ไทย; ti tir tigrinya; tk tuk turkmen; tl tgl tagalog; to ton tongan;
tr tur turkish türkçe; tt tat tatar; ug uig uyghur; uk ukr ukrainian українська; ur urd urdu; uz uzb uzbek; vi vie vietnamese
việt; wo wol wolof; xh xho xhosa; yi yid yiddish; yo yor yoruba; zh zho chi chinese mandarin 中文 中国語; zu zul zulu;
fil filipino; hsb uppersorbian; dsb lowersorbian; yue cantonese; grc ancientgreek; ast asturian; fur friulan
"""


def language(written: str) -> str | None:
    """Return a language tag (BCP 47, lower case) by the code or the name of a language.

    >>> language("jpn"), language("Turkish"), language("pt_BR"), language("ngerman"), language("Swiss German"), language("klingon")
    ('ja', 'tr', 'pt-br', 'de', 'de', None)
    >>> language("English (United States)"), language("en-US"), language("und")
    ('en', 'en-us', None)
    """
    text = written.casefold().replace("_", "-").partition(" (")[0].strip()
    known = _by_name().get(text) or _by_name().get(text.replace(" ", ""))
    if known or text in ("und", "mul", "zxx", "mis"):
        return known
    return text if rules.is_language(text) else None


def language_name(code: str, lang: Lang) -> str:
    """Return the name of a language in Japanese, if it is listed; in English, and of any other language, the code.

    >>> language_name("en", "ja"), language_name("pt-br", "ja"), language_name("sw", "ja"), language_name("en", "en")
    ('英語', 'ポルトガル語 (br)', 'sw', 'en')
    """
    main, _, region = code.partition("-")
    named = _in_japanese().get(main) if lang == "ja" else None
    return f"{named} ({region})" if named and region else named or code


@cache
def _in_japanese() -> dict[str, str]:
    return {code: name for name, code in _by_name().items() if name.endswith("語")}


@cache
def _by_name() -> dict[str, str]:
    rows = [row.split() for row in _NAMES.split(";")]
    return {name: code for code, *names in rows for name in names}
