"""The fields of headings by the words that they are made of: "Proposal title", 勉強会名, 開催年月日, 講師のご所属（敬称略）.

Does not know headings of one word: `column_names` lists these. Source of the English ones: the tables of pretalx, Sessionize,
EasyChair and Indico.
"""

import re

STATUS = "status"
_EVENT = "会議|イベント|カンファレンス|コンファレンス|学会|勉強会|ミートアップ|研究会|セミナー|シンポジウム|ワークショップ|フォーラム|大会|講演会|発表会|交流会|催し|行事"
_TALK = "発表|講演|セッション|論文|登壇|トーク|プレゼン(?:テーション)?|lt|報告"
_PERSON = "(?:発表|講演|登壇|報告|執筆)者|著者|話者|スピーカー|プレゼンター|講師|パネリスト"
_WORK = "所属|勤務|会社|企業|組織|機関|団体|法人|大学"
_LINK = "(?:ページ)?の?(?:url|リンク|アドレス)"
# The first field whose pattern a whole heading has is that of the heading.
_PATTERNS = {
    "event": f"(?:開催)?(?:{_EVENT})の?(?:名称?|タイトル)?",
    "title": f"(?:{_TALK})の?(?:タイトル|題目|題名|題|演題|名称?|テーマ)",
    "speakers": f"(?:{_PERSON})の?(?:お?名前|氏名|名)?(?:一覧|リスト)?|[お御](?:名前|氏名)",
    "organizations": f"(?:(?:{_PERSON}|{_TALK})の?)?(?:ご|御)?(?:(?:{_WORK})(?:名称?|先)?(?:または|又は|[/・、])?)+",
    "kind": f"(?:{_TALK})の?(?:種類|種別|形式|区分|タイプ|形態)",
    "track": "(?:セッションの?)?トラック名?",
    "room": f"(?:{_TALK})の?(?:会場|部屋)名?",
    "keywords": f"(?:(?:{_TALK})の?)?(?:キーワード|タグ|トピック)(?:一覧)?",
    "summary_ja": f"(?:{_TALK})の?(?:概要|要旨|要約|説明|内容|抄録|アブストラクト|紹介)文?",
    "slides": f"(?:(?:{_TALK})の?)?(?:スライド|資料)(?:公開)?(?:先|{_LINK})?",
    "video": f"(?:(?:{_TALK}|{_EVENT})の?)?(?:動画|録画|映像|アーカイブ|youtube)(?:公開)?(?:先|{_LINK})?",
    "paper": f"論文(?:pdf|{_LINK})+",
    "url": f"(?:{_TALK}){_LINK}",
    "date": f"(?:(?:開催|実施|{_TALK}|{_EVENT})の?)?(?:年月日|日付|日時|日程|月日|期日|日)",
    "year": f"(?:(?:開催|実施|{_TALK}|{_EVENT})の?)?(?:西暦)?(?:年度?|西暦)",
    "start or length": f"(?:{_TALK})の?時間",
    "minutes": f"(?:(?:{_TALK})の?)?(?:所要時間|持ち?時間|長さ|分数)",
    "language": f"(?:{_TALK})の?(?:使用)?言語",
    "note": "(?:備考|メモ|ノート)欄?",
}
_ENGLISH_TALK = "proposal|submission|contribution|talk|session|presentation|paper|abstract"
_ENGLISH_PATTERNS = {
    STATUS: rf"(?:(?:{_ENGLISH_TALK}|review|acceptance|selection|final|current)(?:status|state|decision)|acceptance|decision(?:status|state))",
    "title": rf"(?:{_ENGLISH_TALK})title",
    "kind": rf"(?:{_ENGLISH_TALK})(?:type|format|kind)",
    "track": rf"(?:{_ENGLISH_TALK})track",
    "room": rf"(?:{_ENGLISH_TALK})room",
    "summary": rf"(?:{_ENGLISH_TALK})(?:abstract|description|summary)",
    "speakers": rf"(?:{_ENGLISH_TALK})(?:speaker|author|presenter)(?:s|\(s\))?(?:names?)?",
    "keywords": rf"(?:{_ENGLISH_TALK})(?:keyword|tag|topic)(?:s|\(s\))?",
    "language": rf"(?:{_ENGLISH_TALK})language",
    "minutes": rf"(?:{_ENGLISH_TALK})(?:duration|length)",
}
_MOST_JOINED = 4  # headings in one
_ASIDE = re.compile(r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]|[*※●■◆◎○]")
_ELSE = re.compile("フリガナ|ふりがな|カナ|かな|読み|ローマ字|可否|有無")
_ENGLISH = re.compile("英語|英文|english")


def without_aside(heading: str) -> str:
    """Return a Japanese heading without what is in brackets, and without signs; any other as it is.

    >>> without_aside("発表者(敬称略)"), without_aside("speaker(s)")
    ('発表者', 'speaker(s)')
    """
    return heading if heading.isascii() else _ASIDE.sub("", heading)


def aside_field(heading: str, field: str) -> str:
    """Return the field of a heading with something in brackets, of which `field` is that of the rest; "" if it is of something else.

    >>> aside_field("概要(英語)", "summary_ja"), aside_field("氏名(フリガナ)", "speakers"), aside_field("所属(任意)", "organizations")
    ('summary', '', 'organizations')
    """
    asides = "".join(_ASIDE.findall(heading))
    if _ELSE.search(asides):
        return ""
    return field.removesuffix("_ja") if _ENGLISH.search(asides) else field


def composed_field(heading: str) -> str | None:
    """Return the field of a heading as `column_names.folded` returns it; None if its words do not surely mean one.

    >>> [composed_field(one) for one in ("勉強会名", "開催年月日", "講師のご所属(敬称略)", "【必須】発表テーマ", "資料公開先")]
    ['event', 'date', 'organizations', 'title', 'slides']
    >>> [composed_field(one) for one in ("proposaltitle", "proposalstate", "reviewstatus", "submissiontype", "paperauthors")]
    ['title', 'status', 'status', 'kind', 'speakers']
    >>> [composed_field(one) for one in ("会場", "所属部署", "申込日", "講演者紹介", "イベント概要", "event name")]
    [None, None, None, None, None, None]
    >>> [composed_field(one) for one in ("submissiondate", "sessionchair", "jobtitle", "proposalurl")]
    [None, None, None, None]
    """
    patterns, bare = _ENGLISH_PATTERNS if heading.isascii() else _PATTERNS, without_aside(heading)
    return next((field for field, pattern in patterns.items() if re.fullmatch(pattern, bare)), None)


def parts_of(heading: str) -> list[str]:
    """Return the headings that a Japanese one joins; none if it is a single one, or too long for a list of them.

    >>> parts_of("概要・要旨"), parts_of("概要"), parts_of("a/b")
    (['概要', '要旨'], [], [])
    """
    if heading.isascii():
        return []
    parts = [part for part in re.split("または|又は|及び|および|[/・、,]", heading) if part]
    return parts if 1 < len(parts) <= _MOST_JOINED else []
