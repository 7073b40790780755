"""The kinds of sessions and organizations and the marks of a user, as data files and queries name them.

Does not check values: `schema` does.
"""

KINDS = ("paper", "talk", "keynote", "panel", "tutorial", "poster")
# Other names of the kinds of sessions, folded.
KIND_NAMES = {
    "論文": "paper", "論文発表": "paper", "研究発表": "paper", "講演": "talk", "発表": "talk", "トーク": "talk", "招待講演": "talk",
    "一般講演": "talk", "一般発表": "talk", "口頭発表": "talk", "事例発表": "talk", "lt": "talk", "lt発表": "talk",
    "ライトニングトーク": "talk", "lightning talk": "talk", "基調講演": "keynote", "キーノート": "keynote", "キーノートスピーチ": "keynote",
    "パネル": "panel", "パネルディスカッション": "panel", "パネル討論": "panel", "パネルトーク": "panel", "panel discussion": "panel",
    "チュートリアル": "tutorial", "ワークショップ": "tutorial", "ハンズオン": "tutorial", "workshop": "tutorial",
    "ポスター": "poster", "ポスター発表": "poster", "ポスターセッション": "poster",
}  # fmt: skip
# The beginnings of names, folded, of sorts of talks that have no kind of their own.
NARROW_KINDS = (
    r"(?:lts?|lightnings?|flash|invited|fireside chat|interview|demo|workshops?|hands-on)(?![a-z])"
    "|lt発表|ライトニング|招待|事例発表|ワークショップ|ハンズオン"
)
ORGANIZATION_KINDS = ("company", "university", "lab", "nonprofit", "other")
MARKS = ("watched", "to-watch")
