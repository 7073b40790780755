"""The weights of the variants of a query term, by how they were found.

Does not find variants: `expander` does. The weights of fields are in `indexing.session_words`, those of ranking in `ranking`.
"""

# The weight of a variant; the word itself has 1.
PLURAL = 0.95  # the same word in the other number
DERIVED = 0.8  # another word of the same stem: "optimized", "optimization"
COMPOUND = 0.9  # "auto ml" for "automl" and back; a Japanese word within a longer one, by its share of that
PREFIX = 0.5  # a longer word that starts with the typed one
PREFIX_TYPED = 0.4  # and more by the share that was typed
SYNONYM = 0.8  # another name of the same thing, in either language
SOUND = 0.75
NEAR = 0.5
HINT = 0.3  # a thing that words of the query describe, by the square of their share of its description
SHORTENED = 0.5  # another name of a thing whose name starts with the typed Japanese word
# The session is filed under a theme that has the term as its label, or as one of its terms.
THEME = {"label": 0.6, "strong": 0.4, "weak": 0.1}
OVERLAPPING = 0.6  # the least share of pairs of characters of Japanese words that are near
OVERLAP = 0.5  # a Japanese word that shares many pairs of characters
