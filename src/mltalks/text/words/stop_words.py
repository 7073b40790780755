"""English stop words: words of a sentence that do not indicate its subject.

Does not contain words of the field: "model" and "data" distinguish talks, if weakly.
"""

STOP_WORDS = frozenset(
    [
        "a", "an", "the", "and", "or", "but", "if", "of", "in", "on", "at", "to", "for", "from", "by",
        "with", "without", "about", "into", "over", "under", "between", "than", "then", "that", "this",
        "these", "those", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did",
        "doing", "have", "has", "had", "having", "will", "would", "can", "could", "should", "may", "might",
        "must", "not", "no", "nor", "so", "too", "very", "just", "only", "own", "same", "such", "both",
        "each", "few", "more", "most", "other", "some", "any", "all", "it", "its", "it's", "i", "me", "my",
        "we", "our", "us", "you", "your", "he", "she", "they", "them", "their", "his", "her", "who", "whom",
        "whose", "which", "what", "when", "where", "why", "how", "there", "here", "as", "up", "out", "off",
        "again", "once", "while", "during", "before", "after", "because", "until", "s", "t", "don", "using",
        "use", "used", "via", "get", "got", "let", "lets", "one's", "someone", "something", "anything",
        "every", "still", "also", "yet", "et", "al",
    ]
)  # fmt: skip

# Words after a verb, which mean little without it: roll back, scale down, fail over.
PARTICLES = frozenset(("back", "down", "off", "out", "over", "up"))

# Words of a query that distinguish talks little, as the other half of a phrase does: "reducing" latency, プライバシー「保護」.
GENERIC_WORDS = frozenset(
    [
        "system", "systems", "machine", "machines", "model", "models", "method", "methods", "approach", "approaches",
        "technique", "techniques", "tool", "tools", "way", "ways", "problem", "problems", "issue", "issues", "solution",
        "solutions", "reduce", "reducing", "improve", "improving", "increase", "increasing", "make", "making", "build",
        "building", "handle", "handling", "deal", "dealing", "manage", "managing", "run", "running", "work", "working", "large",
        "big", "new", "good", "better", "best", "different", "many", "things", "software", "application", "applications",
        "なし", "あり", "対策", "手法", "方法", "技術", "仕組", "問題", "課題", "改善", "保護", "実現", "活用", "利用", "応用", "導入", "適用",
        "対応", "解決", "支援", "向上", "事例", "最適化", "高速化", "効率化", "システム", "モデル", "ソフトウェア", "アプリケーション", "ツール",
    ]
)  # fmt: skip
