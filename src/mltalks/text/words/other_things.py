"""Names that have a word in them but mean another thing: a point cloud is no cloud, 量子化 is nothing of 量子.

Does not split words: `tokenizer` does. A word that only has the stem of another one is in `stemmer.APART`.
"""

# For a word, the longer names, as folded words between spaces, in which it does not mean what it means alone.
NAMES_APART = {
    "cloud": ("point cloud", "point clouds", "word cloud"),
    "clouds": ("point clouds", "word clouds"),
    "クラウド": ("ポイントクラウド", "クラウドソーシング", "クラウドファンディング"),
    "量子": ("量子化",),
}


def is_only_in_others(word: str, text: str) -> bool:
    """Return whether a text, folded words between spaces or one Japanese word, has a word only in names of other things.

    >>> is_only_in_others("cloud", "fast point cloud inference"), is_only_in_others("cloud", "point cloud in the cloud")
    (True, False)
    >>> is_only_in_others("量子", "非量子化"), is_only_in_others("量子", "量子回路"), is_only_in_others("gpu", "gpus")
    (True, False, False)
    """
    names = NAMES_APART.get(word, ())
    if not any(name in text for name in names):
        return False
    rest = f" {text} "
    for name in names:
        rest = rest.replace(name if not name.isascii() else f" {name} ", "  ")
    return word not in rest if not word.isascii() else f" {word} " not in rest
