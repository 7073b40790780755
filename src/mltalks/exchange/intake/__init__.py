"""What becomes of the records of a source: new sessions and events, changes of known ones, or a reason why they are skipped.

Does not read any format. Imports from `bibliography`, `mapping`, `readers`, `search`, `userdata` and what is below them.
"""
