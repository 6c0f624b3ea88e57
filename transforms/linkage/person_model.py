"""How much the letters of a name look like those of a person, by a model learnt from names.

A logistic regression over pieces of two to four letters of each word, of one to three in Chinese,
Japanese and Korean script, and over what the name is made of: words, initials, digits, a comma.
Pieces are told apart by a hash only, so the model holds no name. It is learnt by
`python -m benchmarks.linkage.train_persons`.
"""

from __future__ import annotations

import base64
import json
import math
import re
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from transforms.linkage.text import EAST_ASIAN, fold
from transforms.linkage.words import person_names

FILE = Path(__file__).parent / "person_model.json"
BUCKETS = 2**14


@dataclass(frozen=True, slots=True)
class PersonModel:
    """Weights of pieces by their hash, in steps of `scale`, and the weight of every name."""

    weights: array[int]
    scale: float
    bias: float


def pieces(name: str) -> list[int]:
    """Return the hashes of what a name is made of, each once.

    >>> len(pieces("Jane Doe")) > 20, pieces("Jane Doe") == pieces("JANE  DOE")
    (True, True)
    """
    text = fold(name)
    words = re.findall(r"[^\W_]+", text)
    short = sum(len(each) <= 3 for each in words)
    given = sum(each in person_names()["given"] for each in words)
    found = [
        f"given {min(given, 2)}",
        f"words {min(len(words), 6)}",
        f"short {short}",
        f"initial {any(len(each) == 1 for each in words)}",
        f"digit {any(each.isdigit() for each in text)}",
        f"and {'&' in text}",
        f"comma {text.count(',')}",
    ]
    sizes = (2, 3, 4)
    if EAST_ASIAN.search(text):
        whole = "".join(words)
        surname = next((n for n in (2, 1) if whole[:n] in person_names()["surnames"]), 0)
        found += [f"characters {min(len(whole), 8)}", f"surname {surname} of {min(len(whole), 5)}"]
        sizes = (1, 2, 3)
    for word in words:
        edged = f"<{word}>"
        found.append(edged)
        for size in sizes:
            found += [edged[at : at + size] for at in range(len(edged) - size + 1)]
    return sorted({crc32(each.encode()) % BUCKETS for each in found})


def logit(name: str, model: PersonModel) -> float:
    """Return the log odds that a name is one of a person."""
    found = pieces(name)
    total = sum(model.weights[each] for each in found)
    return model.bias + model.scale * total / math.sqrt(len(found))


@cache
def person_model() -> PersonModel:
    """Return the model that is kept with the code."""
    kept = json.loads(FILE.read_text("utf-8"))
    return PersonModel(array("b", base64.b85decode(kept["weights"])), kept["scale"], kept["bias"])


def person_odds(name: str) -> float:
    """Return the log odds that a name without a word of its kind is one of a person.

    >>> person_odds("Jane Doe") > 0 > person_odds("Blue Door Optics")
    True
    """
    return logit(name, person_model())
