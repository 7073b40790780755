"""Walks up and down a hierarchy in which each node names its parent: themes, organizations.

Does not report what is wrong with a hierarchy: `references` does, by means of `circles` and `too_deep`.
"""

from collections.abc import Iterable, Iterator, Mapping

Parents = Mapping[str, str | None]
DEEPEST = 100  # levels; a deeper hierarchy is a mistake, and nobody finds anything in it


def ancestors(node: str, parents: Parents) -> Iterator[str]:
    """Yield the parent of a node, its parent and so on up to the root; a cycle is followed once.

    >>> list(ancestors("c", {"a": None, "b": "a", "c": "b"})), list(ancestors("x", {"x": "y", "y": "x"}))
    (['b', 'a'], ['y'])
    """
    seen = {node}
    parent = parents.get(node)
    while parent is not None and parent not in seen:
        yield parent
        seen.add(parent)
        parent = parents.get(parent)


def with_ancestors(nodes: Iterable[str], parents: Parents) -> tuple[str, ...]:
    """Return nodes and all their ancestors, each once, in the order in which they are first reached.

    >>> with_ancestors(["c", "d"], {"a": None, "b": "a", "c": "b", "d": "a"})
    ('c', 'b', 'a', 'd')
    """
    return tuple(dict.fromkeys(step for node in nodes for step in (node, *ancestors(node, parents))))


def in_tree_order(parents: Parents, top: str | None = None) -> Iterator[tuple[str, int]]:
    """Yield the nodes below `top` (None: all) with their depth, 0 right below it; each node before its children.

    Siblings keep the order of `parents`.

    >>> list(in_tree_order({"a": None, "b": None, "c": "a"}))
    [('a', 0), ('c', 1), ('b', 0)]
    """
    children: dict[str | None, list[str]] = {}
    for node, parent in parents.items():
        children.setdefault(parent, []).append(node)
    waiting = [(node, 0) for node in reversed(children.get(top, ()))]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((child, depth + 1) for child in reversed(children.get(node, ())))


def circles(parents: Parents) -> Iterator[list[str]]:
    """Yield each circle once, as the list of its nodes.

    >>> list(circles({"a": "b", "b": "c", "c": "b", "d": None}))
    [['b', 'c']]
    """
    for walk, end in _walks(parents):
        if end in walk:
            yield walk[walk.index(end) :]


def too_deep(parents: Parents) -> str | None:
    """Return the first node with at least `DEEPEST` ancestors, if any; the nodes of a circle count as roots."""
    depths: dict[str, int] = {}
    for walk, end in _walks(parents):
        circular = end in walk
        for depth, node in enumerate(reversed(walk), depths.get(end or "", 0) + 1):
            if depth > DEEPEST and not circular:
                return node
            depths[node] = 1 if circular else depth
    return None


def _walks(parents: Parents) -> Iterator[tuple[list[str], str | None]]:
    """Yield the nodes in upward walks, each node in one walk; with each walk the node that it meets: an earlier one, or None."""
    done: set[str] = set()
    for node in parents:
        walk: dict[str, None] = {}
        step: str | None = node
        while step is not None and step not in done and step not in walk:
            walk[step] = None
            step = parents.get(step)
        yield list(walk), step
        done |= walk.keys()
