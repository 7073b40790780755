"""The kinds of sessions and organizations and the marks of a user, as data files and queries name them.

Does not check values: `schema` does.
"""

KINDS = ("paper", "talk", "keynote", "panel", "tutorial", "poster")
ORGANIZATION_KINDS = ("company", "university", "lab", "nonprofit", "other")
MARKS = ("watched", "to-watch")
