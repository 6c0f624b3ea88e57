"""Staging one shard in a process of its own, so that two cores are used.

A plain subprocess, because inside an Airflow task the spawning start methods of
`multiprocessing` hang, and Polars must not be forked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from iplake import errors, registry
from iplake.contract import Drift, RawFile, Shard
from iplake.declaration import Source
from iplake.errors import LakeError
from warehouse.staging import Count, Staged


def run(source: Source, file: RawFile, shard: Shard | None, folder: Path) -> Staged:
    """Stage one shard in a fresh process; return what it came to, or raise what it said."""
    task = {
        "address": source.address,
        "file": asdict(replace(file, landed_at=None)) | {"path": str(file.path)},
        "landed_at": file.landed_at.isoformat() if file.landed_at else None,
        "shard": asdict(shard) if shard else None,
        "folder": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.shard_task"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"POLARS_MAX_THREADS": "1", "ARROW_NUM_THREADS": "1"},
    )
    if done.returncode != 0:
        raise LakeError(
            "staging a part of a file failed",
            source=source.address,
            file=file.name,
            shard=shard,
            said=done.stderr.strip()[-2000:],
        )
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["message"], **answer["facts"])
    counts = {table: Count(**count) for table, count in answer["counts"].items()}
    return Staged(counts, tuple(Drift(**each) for each in answer["drift"]))


def main() -> None:
    """Stage the shard described on standard input; answer with what it came to."""
    from warehouse import refresh

    task = json.load(sys.stdin)
    landed_at = datetime.fromisoformat(task["landed_at"]) if task["landed_at"] else None
    path = Path(task["file"].pop("path"))
    file = RawFile(**{**task["file"], "path": path, "landed_at": landed_at})
    shard = Shard(**task["shard"]) if task["shard"] else None
    try:
        staged = refresh.stage_shard(
            registry.get(task["address"]), file, shard, Path(task["folder"])
        )
    except LakeError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        told = {"error": type(error).__name__, "message": error.message, "facts": facts}
        json.dump(told, sys.stdout)
    else:
        json.dump(asdict(staged), sys.stdout)


if __name__ == "__main__":
    main()
