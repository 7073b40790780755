"""Theme trees as SKOS, for and from other thesauri; reading needs rdflib, writing does not.

Does not use the network. Imports from `dataset` and `text`.
"""
