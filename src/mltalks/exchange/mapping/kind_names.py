"""The names of the kinds of sessions in programmes: one set of rules for all formats.

Does not read any format; `convert.kind` applies the rules.
"""

import re

from mltalks.dataset.vocabulary import KIND_NAMES

# Words before the name of a kind that do not change it: "short talk", "full paper", "hands-on workshop".
SORT = re.compile(
    r"(?:(?:lightning|flash|short|long|quick|full|regular|standard|extended|contributed|invited|technical|virtual|live|hands-on)[ -]+)+"
)
NAMES = KIND_NAMES | {
    "keynotes": "keynote", "keynote talk": "keynote", "keynote speech": "keynote", "invited": "talk", "lecture": "talk", "lectures": "talk",
    "presentation": "talk", "presentations": "talk", "talks": "talk", "vortrag": "talk", "speech": "talk", "lightning": "talk",
    "lightnings": "talk", "lightning session": "talk", "fireside chat": "talk", "interview": "talk", "demo": "talk",
    "oral": "paper", "spotlight": "paper", "article": "paper", "inproceedings": "paper", "papers": "paper", "conference paper": "paper",
    "conference and workshop papers": "paper", "paper-conference": "paper", "article-journal": "paper",
    "podium": "panel", "panels": "panel", "panel discussion": "panel", "discussion": "panel", "q and a": "panel",
    "workshop": "tutorial", "workshops": "tutorial", "tutorials": "tutorial", "hands-on": "tutorial", "posters": "poster",
}  # fmt: skip
