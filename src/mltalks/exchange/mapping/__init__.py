"""Values of other programs mapped to fields of a session: names of columns, speakers, links, dates, markup.

Does not read the formats. Imports from `readers` and `dataset`.
"""
