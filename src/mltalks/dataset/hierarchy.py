"""Walks up and down a hierarchy in which each node names its parent: themes, organizations.

Does not report problems of a hierarchy: `reference_checks` does, with `circles` and `too_deep`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

Parents = Mapping[str, str | None]
DEEPEST = 100  # levels; a deeper hierarchy is a mistake


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
    """Yield each circle of at most `DEEPEST` nodes once, as the list of its nodes.

    >>> list(circles({"a": "b", "b": "c", "c": "b", "d": None}))
    [['b', 'c']]
    """
    done: set[str] = set()
    for node in parents:
        walk = [node, *islice(ancestors(node, parents), DEEPEST)]
        end = parents.get(walk[-1])
        if end in walk and end not in done:
            yield walk[walk.index(end) :]
        done.update(walk)


def too_deep(parents: Parents) -> str | None:
    """Return the first node with at least `DEEPEST` ancestors, if any."""
    return next((node for node in parents if any(islice(ancestors(node, parents), DEEPEST - 1, None))), None)
