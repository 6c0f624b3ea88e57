"""Connected components of a graph given as a table of edges, in near-linear time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Indices = npt.NDArray[np.int64]


def connected_components(edges: pl.DataFrame) -> pl.DataFrame:
    """Return `node, component` for columns `left, right` of texts; a component is a number.

    Nodes are in byte order, and a component bears the place of its first node, so that the
    answer depends on the edges alone, neither on their order nor on threads.

    >>> edges = pl.DataFrame({"left": ["b", "e"], "right": ["a", "d"]})
    >>> connected_components(edges).rows()
    [('a', 0), ('b', 0), ('d', 2), ('e', 2)]
    """
    nodes = (
        pl.concat([edges["left"], edges["right"]]).drop_nulls().unique().sort().alias("node")
    ).to_frame()
    numbered = nodes.with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    # Both ends of an edge as numbers; an edge with an unknown end joins nothing.
    ends = (
        edges.drop_nulls(["left", "right"])
        .join(numbered.rename({"node": "left", "place": "from"}), on="left")
        .join(numbered.rename({"node": "right", "place": "to"}), on="right")
    )
    roots = _smallest_reachable(nodes.height, ends["from"].to_numpy(), ends["to"].to_numpy())
    return nodes.with_columns(component=pl.Series(roots, dtype=pl.Int64))


def _smallest_reachable(count: int, start: Indices, end: Indices) -> Indices:
    """Return for each node the smallest node of its component.

    Roots hook onto smaller roots, paths are halved, edges within one tree drop out.
    """
    parent = np.arange(count, dtype=np.int64)
    while start.size:
        low, high = np.minimum(parent[start], parent[end]), np.maximum(parent[start], parent[end])
        # A root takes the smallest of its neighbours, whatever the order of the edges.
        np.minimum.at(parent, high, low)
        while True:
            above = parent[parent]
            if np.array_equal(above, parent):
                break
            parent = above
        start, end = parent[start], parent[end]
        apart = start != end
        start, end = start[apart], end[apart]
    return parent
