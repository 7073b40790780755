"""The kinds of sessions and organizations, as data files and queries name them."""

KINDS = ("paper", "talk", "keynote", "panel", "tutorial", "poster")
ORGANIZATION_KINDS = ("company", "university", "lab", "nonprofit", "other")
