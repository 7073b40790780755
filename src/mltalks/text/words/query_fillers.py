"""Filler of a query: words by which people ask for talks, in English and Japanese, and which say nothing of the subject.

Does not contain stop words, which carry no subject in any text, nor 事例, which is a keyword: `is_example` knows it.
"""

import re
from collections.abc import Sequence

from mltalks.text.words.stop_words import STOP_WORDS

FILLERS = frozenset(
    [
        "please", "pls", "plz", "thanks", "thank", "hello", "hi", "hey", "dear", "kindly", "sorry",
        "talk", "talks", "paper", "papers", "presentation", "presentations", "session", "sessions", "lecture", "lectures",
        "article", "articles", "anything", "something", "stuff", "i'm", "im", "ll", "ve", "re",
        "regarding", "concerning", "recent", "latest", "newest",
        "すみません", "すいません", "こんにちは", "ください", "下さい", "お願い", "おねがい", "願", "どうか",
        "発表", "論文", "講演", "トーク", "セッション", "話", "件", "関", "探", "取組", "取り組み", "取", "組", "取 組", "教", "知", "紹介", "興味", "欲",
        "について", "に関する", "に関して", "における", "とは", "したい", "しりたい", "ほしい", "あります", "ありますか", "ある",
        "おしえて", "おしえてください", "さがして", "さがしています", "どうすれば", "どうやって", "どのように", "なぜ", "どうして",
        "なに", "など", "とか", "もの", "こと", "最新", "最近", "直近", "何", "何故", "方法", "やり方", "やりかた",
    ]
)  # fmt: skip
# The kanji of verbs that say nothing of a subject beside its other words: 使う, 行う, 考える.
LIGHT_VERBS = frozenset(
    "使行言思考出入持呼当受向得含関対基与用為際時間中前後上下内外方人側同少必他別次何誰見読書聞述始続"
)
# Words in a row that are filler together; each of them may be a subject in another place ("finding bugs", "what we learned").
PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "looking for", "look for", "searching for", "search for", "show me", "find me", "give me", "get me", "tell me",
        "show us", "tell us", "point me to", "help me find", "recommend me", "recommend some", "can you find", "could you find",
        "can you recommend", "can you show", "want to know", "want to learn", "want to see", "want to find", "want to read",
        "would like to know", "would like to learn", "would like to see", "would like to find", "would like", "i want",
        "i need", "we need", "i like", "d like", "interested in", "know about", "learn about", "read about", "hear about",
        "on the topic of", "on the subject of", "related to", "list of", "examples of", "example of", "is there", "are there",
        "do you have", "do you know", "do we have", "what is known",
    )
)  # fmt: skip
# What somebody did, as people ask for it: "case studies", 導入事例.
EXAMPLES = "(?:導入|活用|利用|適用|応用|運用|開発|実践|実用|成功|失敗|先進|社内|最新)?(?:事例|実例|ユースケース)(?:紹介|発表|研究|集)?"
_EXAMPLE = f"{EXAMPLES}|cases?|stud(?:y|ies)|uses?|examples?|experiences?|stor(?:y|ies)|works?|projects?"
LONGEST_PHRASE = max(map(len, PHRASES))


def is_content(word: str) -> bool:
    """Return whether a word made by `tokenizer.words` may say something of the subject of a query.

    >>> is_content("latency"), is_content("papers"), is_content("about"), is_content("発表")
    (True, False, False, False)
    """
    return word not in STOP_WORDS and word not in FILLERS


def is_example(word: str) -> bool:
    """Return whether a word asks for what somebody did: it says nothing of a subject beside the name of who did it.

    >>> is_example("導入事例"), is_example("studies"), is_example("推論")
    (True, True, False)
    """
    return re.fullmatch(_EXAMPLE, word) is not None  # compiled for the searches that ask so


def without_fillers(words: Sequence[str]) -> list[str]:
    """Return the words of a query without filler; stop words stay, since names may have them.

    Returns no words if only stop words and filler are there.

    >>> without_fillers("show me papers on just in time compilers please".split())
    ['on', 'just', 'in', 'time', 'compilers']
    >>> without_fillers("what is there about".split())
    []
    """
    kept: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST_PHRASE, 1, -1) if tuple(words[at : at + n]) in PHRASES), 0)
        if not length and words[at] not in FILLERS:
            kept.append(words[at])
        at += length or 1
    return kept if any(map(is_content, kept)) else []
