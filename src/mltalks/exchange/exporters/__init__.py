"""Sessions for other programs: one module for each format, and a registry to which other packages add theirs.

Does not evaluate queries and does not print: an exporter yields text, or fills a file.
"""
