"""JSON-stat 1.x and 2.0: a cube of figures in the order of its dimensions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.collect import Row, as_rejected
from ingest.economy.sdmx_rows import Content, Dataset, observation, structure
from ingest.readers.json import Object, list_of, object_of, text_of
from iplake.errors import UNREADABLE, RecordRejected, SourceChanged

UNIT_NAMES = ("unit", "label", "base", "symbol")
KNOWN = {
    "class",
    "label",
    "source",
    "updated",
    "value",
    "status",
    "dimension",
    "id",
    "size",
    "role",
}
IGNORED = {"version", "href", "note", "extension", "link"}
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class _Axis:
    """One dimension: its categories in order, with labels and units where they have them."""

    id: str
    label: str | None
    codes: list[str]
    labels: dict[str, str]
    units: dict[str, str]


def read(document: Object, where: str) -> Content:
    """Return what one document holds: a dataset, or a bundle of them by their names."""
    try:
        cubes = [_Cube(name, content) for name, content in _datasets(document, where)]
    except (RecordRejected, *UNREADABLE) as error:
        raise SourceChanged(
            "expected datasets of JSON-stat", file=where, said=str(as_rejected(error))
        ) from error
    return Content(
        (row for cube in cubes for row in cube.observations()),
        (row for cube in cubes for row in cube.structures()),
        sorted({name for cube in cubes for name in cube.unknown}),
    )


def _datasets(document: Object, where: str) -> list[tuple[str, Object]]:
    """Return names and datasets: 2.0 has one at the top, 1.x any number by their names."""
    if document.get("class") == "dataset":
        return [(where.removesuffix(".json"), document)]
    named = [(name, each) for name, each in document.items() if isinstance(each, dict)]
    if "class" in document or not named or len(named) != len(document):
        raise SourceChanged(
            "expected a dataset of JSON-stat, or a bundle of them",
            file=where,
            found=f"class {document.get('class')}: {', '.join(sorted(document))}"[:200],
        )
    # Services that give one dataset call it just that.
    return [
        (where.removesuffix(".json") if name == "dataset" else name, each) for name, each in named
    ]


class _Cube:
    """One dataset. 1.x keeps id, size and role within `dimension`, 2.0 beside it."""

    def __init__(self, name: str, content: Object) -> None:
        dimension = object_of(content["dimension"])
        self.unknown = sorted(set(content) - KNOWN - IGNORED)
        told = content if "id" in content else dimension
        ids = [text_of(each) for each in list_of(told["id"])]
        role = object_of(content.get("role", dimension.get("role", {})))
        self.axes = [_axis(each, object_of(dimension[each])) for each in ids]
        sizes = [len(axis.codes) for axis in self.axes]
        cells = math.prod(sizes)
        # The size of a dimension of one category is left out by some.
        if [size for size in sizes if size > 1] != [
            size for size in list_of(told["size"]) if size != 1
        ]:
            raise ValueError(f"size says {told['size']}, the categories are {sizes}")
        self.values, self.status = content["value"], content.get("status")
        if isinstance(self.values, list) and len(self.values) != cells:
            raise ValueError(f"expected {cells} values, found {len(self.values)}")
        self.cells = cells
        self.time, self.geo, self.metric = (
            [text_of(each) for each in list_of(role.get(kind, []))]
            for kind in ("time", "geo", "metric")
        )
        extension = content.get("extension")
        told_id = extension.get("id") if isinstance(extension, dict) else None
        agency = extension.get("agencyId") if isinstance(extension, dict) else None
        self.dataset = Dataset(
            "JSON-stat",
            agency if isinstance(agency, str) else None,
            told_id if isinstance(told_id, str) else name,
        )
        label = content.get("label")
        self.label = label if isinstance(label, str) else None

    def observations(self) -> Iterator[Row | RecordRejected]:
        """Yield the figures in their order; a sparse cube has those that it names."""
        for at, key in self._cells():
            try:
                yield self._observation(at, key)
            except RecordRejected as error:
                yield error
        if isinstance(self.values, dict):
            for name in self.values:
                if not self._has(name):
                    yield RecordRejected("unknown_index", "a figure outside the cube", index=name)

    def _cells(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield place and codes of each cell that has a value; most of a sparse cube has none."""
        if not isinstance(self.values, dict):
            yield from enumerate(itertools.product(*(axis.codes for axis in self.axes)))
            return
        for at in sorted(int(name) for name in self.values if self._has(name)):
            rest, key = at, []
            for axis in reversed(self.axes):
                rest, place = divmod(rest, len(axis.codes))
                key.append(axis.codes[place])
            yield at, tuple(reversed(key))

    def _has(self, name: str) -> bool:
        is_number = name.isascii() and name.isdecimal() and len(name) <= MOST_DIGITS
        return is_number and str(int(name)) == name and int(name) < self.cells

    def _observation(self, at: int, key: tuple[str, ...]) -> Row:
        value = _found(self.values, at)
        if isinstance(value, bool) or not isinstance(value, int | float | str | None):
            raise RecordRejected(
                "wrong_type", "expected a figure", field="value", found=str(value)[:80]
            )
        status = self.status if isinstance(self.status, str) else _found(self.status, at)
        axes = dict(zip((axis.id for axis in self.axes), self.axes, strict=True))
        codes = dict(zip(axes, key, strict=True))
        times = [name for name in codes if name in self.time]
        time = times[0] if times else None
        units = [axes[name].units.get(codes[name]) for name in self.metric if name in axes]
        return observation(
            self.dataset,
            {name: code for name, code in codes.items() if name != time},
            {},
            None if value is None else str(value),
            area=next((codes[name] for name in self.geo if name in codes), None),
            unit=next((unit for unit in units if unit), None),
            status=None if status is None else str(status),
            period=codes[time] if time else None,
            period_name=axes[time].labels.get(codes[time]) if time else None,
        )

    def structures(self) -> Iterator[Row]:
        """Yield the dataset with its title, each dimension, and each category with its label."""
        yield structure(self.dataset, "DataSet", name=self.label)
        for axis in self.axes:
            named = {"item_class": "Dimension", "item": axis.id, "name": axis.label}
            yield structure(self.dataset, "Message", **named)
            for position, code in enumerate(axis.codes, start=1):
                yield structure(
                    self.dataset,
                    "Message",
                    item_class="DimensionValue",
                    item=code,
                    parent=axis.id,
                    name=axis.labels.get(code),
                    position=position,
                )


def _found(cells: object, at: int) -> object:
    if isinstance(cells, dict):
        return cells.get(str(at))
    if isinstance(cells, list):
        # A status of one element holds for every figure.
        return cells[at] if at < len(cells) else cells[0] if len(cells) == 1 else None
    return None


def _axis(name: str, content: Object) -> _Axis:
    category = object_of(content["category"])
    labels = {code: text_of(each) for code, each in object_of(category.get("label", {})).items()}
    units = object_of(category.get("unit", {}))
    label = content.get("label")
    return _Axis(
        name,
        label if isinstance(label, str) else None,
        _codes(category.get("index"), list(labels), list(units)),
        labels,
        {code: _unit(object_of(each)) for code, each in units.items()},
    )


def _codes(index: object, labelled: list[str], measured: list[str]) -> list[str]:
    """Return categories in order: a list, an object of places, or the one that has a label."""
    if isinstance(index, list):
        return [text_of(code) for code in index]
    if isinstance(index, dict):
        ordered = sorted(index, key=lambda code: index[code])
        if [index[code] for code in ordered] != list(range(len(ordered))):
            raise ValueError(f"places of categories have gaps: {str(index)[:100]}")
        return ordered
    return labelled or measured


def _unit(content: Object) -> str:
    found = (content.get(name) for name in UNIT_NAMES)
    return next((each.strip() for each in found if isinstance(each, str) and each.strip()), "")
