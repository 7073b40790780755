"""Sessions for other programs: one module a format, and a registry to which other packages add theirs.

Does not evaluate queries and writes to no stream: an exporter yields text, or fills a file.
"""
