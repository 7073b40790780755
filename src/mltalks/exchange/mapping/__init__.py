"""Values of other programs mapped to fields of a session: names of columns, speakers, links, dates, markup.

Refuses the formats themselves; imports `readers` and `dataset`.
"""
