"""SDMX-JSON 1.0 and 2.x: figures under indexes into lists of values.

sdmx1 drops the attributes of series and datasets here, and knows 1.0 only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from ingest.collect import Row, as_rejected
from ingest.economy.sdmx_rows import Content, Dataset, long_texts, observation, short, structure
from ingest.readers.json import Object, list_of, object_of, text_of
from iplake.errors import UNREADABLE, RecordRejected, SourceChanged

LEVELS = ("dataSet", "series", "observation")
KNOWN = {
    "header", "meta", "data", "dataSets", "structure", "structures", "errors", "$schema", "links",
}  # fmt: skip
URN = re.compile(r"=([^:]+):([^()]+)\(([^()]+)\)")
HREF = re.compile(r"/dataflow/(?:([\w.]+)/)?([^/]+)/([\d.]+|latest|all)(?:$|[/?])")


def read(document: Object, where: str) -> Content:
    """Return what one message holds; one that is no data of SDMX-JSON raises SourceChanged."""
    try:
        data = object_of(document.get("data", document))
        if not data.get("dataSets"):
            raise SourceChanged(
                "a message without data; look what the service says",
                file=where,
                found=str(document.get("errors", sorted(document)))[:300],
            )
        structures = data["structures"] if "structures" in data else [data["structure"]]
        models = [_Model(object_of(each), document) for each in list_of(structures)]
    except (RecordRejected, *UNREADABLE) as error:
        raise SourceChanged(
            "expected dataSets and their structure", file=where, said=str(as_rejected(error))
        ) from error
    return Content(
        (row for found in list_of(data["dataSets"]) for row in _dataset(object_of(found), models)),
        itertools.chain(
            (row for model in models for row in model.rows()),
            (row for found in list_of(data["dataSets"]) for row in _long(object_of(found), models)),
        ),
        sorted((set(document) | set(data)) - KNOWN),
    )


class _Component:
    """A dimension or an attribute: its id, and the values that indexes point at."""

    def __init__(self, content: Object) -> None:
        self.id = text_of(content["id"])
        self.name = _label(content)
        self.has_values = content.get("values") != []
        self.values = [object_of(value) for value in list_of(content.get("values", []))]

    def at(self, index: object) -> str | None:
        """Return the id of the value at an index, or its name where values have no ids."""
        if index is None:
            return None
        if not isinstance(index, int):
            # In 2.x what is of no code list stands for itself.
            return str(index)
        if not 0 <= index < len(self.values):
            raise RecordRejected(
                "unknown_index", "an index points at no value", component=self.id, index=index
            )
        return _id(self.values[index])


class _Model:
    """Dimensions and attributes of a message, by the level that they are given at."""

    def __init__(self, content: Object, document: Object) -> None:
        dimensions, attributes = object_of(content["dimensions"]), content.get("attributes", {})
        self.dimensions = {level: _components(dimensions, level) for level in LEVELS}
        # OECD declares attributes that have no values, and leaves them out of the arrays.
        self.attributes = {
            level: [each for each in _components(object_of(attributes), level) if each.has_values]
            for level in LEVELS
        }
        links = [object_of(link) for link in list_of(content.get("links", []))]
        told = " ".join(str(link.get(name)) for link in links for name in ("urn", "href"))
        matched = URN.search(told) or HREF.search(told)
        agency, code, version = matched.groups() if matched else (None, _label(content), None)
        self.owner = Dataset(
            "SDMX-JSON", agency, code, None if version in {"latest", "all"} else version
        )

    def rows(self) -> Iterator[Row]:
        """Yield each component and each of its values with its label."""
        for kind, levels in (("Dimension", self.dimensions), ("Attribute", self.attributes)):
            for component in (each for level in LEVELS for each in levels[level]):
                yield structure(
                    self.owner, "Message", item_class=kind, item=component.id, name=component.name
                )
                for position, value in enumerate(component.values, start=1):
                    yield structure(
                        self.owner,
                        "Message",
                        item_class=f"{kind}Value",
                        item=_id(value),
                        parent=component.id,
                        name=_label(value),
                        position=position,
                    )


def _components(levels: Object, level: str) -> list[_Component]:
    return [_Component(object_of(each)) for each in list_of(levels.get(level, []))]


def _id(value: Object) -> str:
    found = value.get("id", value.get("name"))
    return found if isinstance(found, str) else str(value.get("value", found))


def _label(content: Object) -> str | None:
    """Return a name: a text in 1.0, a text or an object of languages in 2.x."""
    name = content.get("name")
    if isinstance(name, dict):
        name = name.get("en", next(iter(name.values()), None))
    return name if isinstance(name, str) else None


def _long(found: Object, models: list[_Model]) -> Iterator[Row]:
    model = _model_of(found, models)
    values = list_of(found.get("attributes", []))
    yield from long_texts(model.owner, _attributes(model.attributes["dataSet"], values))


def _model_of(found: Object, models: list[_Model]) -> _Model:
    at = found.get("structure", 0)
    return models[at if isinstance(at, int) and at < len(models) else 0]


def _dataset(found: Object, models: list[_Model]) -> Iterator[Row | RecordRejected]:
    model = _model_of(found, models)
    owner = model.owner
    action = found.get("action")
    dataset = Dataset(
        owner.format, owner.agency, owner.code, owner.version,
        action.lower() if isinstance(action, str) else None,
    )  # fmt: skip
    # What the whole dataset has in common stands in it once, and needs no index.
    shared = {each.id: each.at(0) or "" for each in model.dimensions["dataSet"]}
    said = _attributes(model.attributes["dataSet"], list_of(found.get("attributes", [])))
    attributes = short(said)
    series = object_of(found.get("series", {}))
    for key, content in series.items():
        try:
            members = object_of(content)
            dimensions = {**shared, **_key(model.dimensions["series"], key)}
            own = _attributes(model.attributes["series"], list_of(members.get("attributes", [])))
            figures = object_of(members["observations"])
        except (RecordRejected, *UNREADABLE) as error:
            yield as_rejected(error)
            continue
        yield from _figures(dataset, model, dimensions, {**attributes, **own}, figures)
    if "observations" in found:
        figures = object_of(found["observations"])
        yield from _figures(dataset, model, shared, attributes, figures)


def _figures(
    dataset: Dataset,
    model: _Model,
    dimensions: Mapping[str, str],
    attributes: Mapping[str, str],
    figures: Object,
) -> Iterator[Row | RecordRejected]:
    for key, content in figures.items():
        try:
            value, *indexes = list_of(content)
            yield observation(
                dataset,
                {**dimensions, **_key(model.dimensions["observation"], key)},
                {**attributes, **_attributes(model.attributes["observation"], indexes)},
                None if value is None else str(value),
            )
        except (RecordRejected, ValueError) as error:
            yield (
                error
                if isinstance(error, RecordRejected)
                else RecordRejected(
                    "empty_observation", "expected a figure", key=key, found=str(content)[:80]
                )
            )


def _key(components: list[_Component], key: str) -> dict[str, str]:
    indexes = key.split(":")
    if len(indexes) != len(components) or not all(index.isdecimal() for index in indexes):
        raise RecordRejected(
            "other_key", "expected an index for each dimension", key=key, expected=len(components)
        )
    return {
        component.id: component.at(int(index)) or ""
        for component, index in zip(components, indexes, strict=True)
    }


def _attributes(components: list[_Component], indexes: list[object]) -> dict[str, str]:
    # Indexes at the end may be left out.
    if len(indexes) > len(components):
        raise RecordRejected(
            "unknown_field", "more attributes than are declared", found=str(indexes)[:80]
        )
    values = {
        component.id: component.at(index)
        for component, index in zip(components, indexes, strict=False)
    }
    return {name: value for name, value in values.items() if value is not None}
