"""Theme trees as SKOS, for and from other thesauri: what is written is plain text, what is read takes rdflib.

Knows files only by their content, and never the network.
"""
