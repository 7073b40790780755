"""Words of a text: how it is split into them, their stems, forms and sounds, and the words that say nothing of a subject.

Does not know which words talks have. Imports from `text.folding` and `text.japanese`.
"""
