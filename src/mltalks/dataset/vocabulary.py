"""The kinds of sessions and organizations, and a person's marks, as data files and queries name them."""

KINDS = ("paper", "talk", "keynote", "panel", "tutorial", "poster")
ORGANIZATION_KINDS = ("company", "university", "lab", "nonprofit", "other")
MARKS = ("watched", "to-watch")
