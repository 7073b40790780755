"""A light English stemmer for search: finds neighbours of a word in the vocabulary.

Does not return words, and need not be exact: `search.expansion` counts words of the same stem less than the word itself. The
terms of themes need a stricter stemmer, `taxonomy.stems`: a wrong match would put a talk under a theme.
"""

import re
from functools import lru_cache

# Words with an ending, of five letters and more.
ENDED = (
    r"(?P<stem>.{3,}?)(?:ations?|ators?|at(?:e[ds]?|ing|ive)|i[sz]ations?|i[sz](?:e[drs]?|ers|ing)|ions?|ings?|ers?|ors?"
    r"|ives?|e[ds]|ments?|abilit(?:y|ies)|ables?|all?y?|ly|iti?es?|ity|ies|[ey]|s)"
)
_ENDED = re.compile(ENDED)
OWN = "'"  # ends the stem of a word of APART, which no other word has
# Words that mean another thing than others of their stem. People and things are another subject than what they are named after: a
# talk on parameter servers is not one on serving, one on transformers not one on transformations. A talk on schedulers or
# compilers is one on scheduling or compiling.
APART = frozenset(
    (
        "accelerator", "accountability", "active", "activity", "adapter", "collective", "community", "computer", "consumer",
        "container", "content", "controller", "conversation", "county", "critic", "customer", "department", "designer",
        "developer", "differential", "director", "driver", "embedded", "fabric", "factor", "factory", "former", "general",
        "header", "instability", "integrity", "intern", "interpreter", "leader", "learner", "locality", "maker", "material",
        "memory", "minimal", "object", "observability", "operator", "optimiser", "optimizer", "organ", "pointer", "portal",
        "positive", "poster", "processor", "product", "programmability", "programmer", "quantity", "rater", "reader",
        "regular", "regularizer", "relative", "representative", "server", "specific", "successive", "supervisor", "teacher",
        "trainer", "transformer", "university", "utility", "vertical", "worker",
    )
)  # fmt: skip
# The beginning of a verb and its nouns that mean another thing than the noun which it is made of: tokenizers, and not tokens.
VERBS_APART = "tokeni[sz]"


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """Return the beginning that a folded English word shares with its inflections; other words as they are.

    >>> [stem(word) for word in ("moderating", "moderation", "moderated")]
    ['moder', 'moder', 'moder']
    >>> [stem(word) for word in ("quantized", "quantization", "optimisation", "optimizing", "caches", "caching")]
    ['quant', 'quant', 'optim', 'optim', 'cach', 'cach']
    >>> [stem(word) for word in ("universities", "universal", "memories", "memorize")]
    ["university'", 'univers', "memory'", 'memor']
    >>> [stem(word) for word in ("scaling", "scale", "policies", "policy", "gpus", "gpu", "loss", "tune", "tuning")]
    ['scal', 'scal', 'polic', 'polic', 'gpu', 'gpu', 'loss', 'tun', 'tun']
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if apart := _apart(word):
        return f"{apart}{OWN}"
    if len(word) == 4:
        return word[:-1] if word[-1] in "es" and word[-2] not in "se" else word
    ended = None if word.endswith(("ss", "us", "is")) else _ENDED.fullmatch(word)
    bare = ended["stem"] if ended else word
    return bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] != "s" else bare


def _apart(word: str) -> str | None:
    """Return the word of APART that another one is the plural or the adverb of, in American spelling, or what a verb apart begins with.

    >>> _apart("optimisers"), _apart("memories"), _apart("differentially"), _apart("memorize")
    ('optimizer', 'memory', 'differential', None)
    >>> _apart("tokenization"), _apart("tokeniser"), _apart("token")
    ('tokeniz', 'tokeniz', None)
    """
    if verb := re.match(VERBS_APART, word):
        return verb[0].replace("s", "z")
    for single in (*_singulars(word), word.removesuffix("ly")):
        american = f"{single[:-4]}izer" if single.endswith("iser") else single
        if american in APART:
            return american
    return None


def _singulars(word: str) -> tuple[str, ...]:
    """Return an English word, and what it would be the plural of.

    >>> _singulars("queries"), _singulars("caches"), _singulars("loss")
    (('queries', 'querie', 'queri', 'query'), ('caches', 'cache', 'cach'), ('loss',))
    """
    if not word.endswith("s") or word.endswith("ss"):
        return (word,)
    endings = (("s", ""), ("es", ""), ("ies", "y"))
    return word, *(word.removesuffix(end) + single for end, single in endings if word.endswith(end))


def stem_key(name: str) -> str:
    """Return the key of a name, given as folded words between spaces, however these are joined and inflected.

    >>> stem_key("auto ml"), stem_key("automl"), stem_key("gpu kernels"), stem_key("機械学習 パイプライン")
    ('automl', 'automl', 'gpukernel', '機械学習パイプライン')
    """
    return "".join(map(stem, name.split()))
