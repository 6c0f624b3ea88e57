"""What a designator of a standard says, whoever publishes it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from iplake.identifiers.standards.writing import written


@dataclass(frozen=True, slots=True)
class Designator:
    """The parts of a standard's designator.

    An undated one has neither date, version nor edition: it means the standard as such. `part` may
    have several levels, as in `1-2`. `date` is as precise as the body writes it: `2022`, `2021-08`
    or `2023-03-01`. `edition` holds what else tells two texts apart, such as a revision of NIST's,
    a reapproval of ASTM's or `consolidated` for a text with its amendments worked in. `stage` is
    that of a draft, whose `version` is its iteration. `amendments` are supplements in their order,
    as in `Amd 1:2024`.
    """

    publishers: tuple[str, ...]
    number: str
    type: str | None = None
    part: str | None = None
    date: str | None = None
    version: str | None = None
    edition: str | None = None
    stage: str | None = None
    amendments: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """Year of the date."""
        return int(self.date[:4]) if self.date else None

    @property
    def is_dated(self) -> bool:
        """Whether it names one text rather than the standard as such."""
        return self != self.undated()

    @property
    def release(self) -> int | None:
        """Release of a 3GPP specification, which is its major version from 4 on."""
        if "3GPP" not in self.publishers or self.version is None:
            return None
        major = int(self.version.partition(".")[0])
        return major if major >= 4 else None

    def undated(self) -> Designator:
        """Return the designator of the standard as such, of whatever edition."""
        return replace(self, date=None, version=None, edition=None, stage=None, amendments=())

    def parts(self) -> dict[str, str | int | list[str]]:
        """Return what is known, by the names of the fields, with the year beside the date."""
        found: dict[str, str | int | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                found[field.name] = list(value) if isinstance(value, tuple) else value
        if self.year:
            found["year"] = self.year
        return found

    def __str__(self) -> str:
        return written(self)
