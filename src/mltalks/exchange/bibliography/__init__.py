"""What bibliographies have of their own: LaTeX, names of people as "Last, First", volumes, the tables of Zotero.

Does not read or write the formats. Imports from `mapping` and `readers`.
"""
