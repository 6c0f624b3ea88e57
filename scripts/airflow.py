"""`make airflow`: a local Airflow with the DAGs ready: scheduler, API server and user interface."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scripts.environment import ROOT, use_airflow, use_lake


def main() -> None:
    """Start `airflow standalone` on loopback; the port is AIRFLOW_PORT, or 8080."""
    use_lake(ROOT / "lake", ROOT / "samples", "sample")
    port = os.environ.get("AIRFLOW_PORT", "8080")
    os.environ.setdefault("AIRFLOW__API__PORT", port)
    os.environ.setdefault(
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", f"http://127.0.0.1:{port}/execution/"
    )
    use_airflow()
    home = Path(os.environ["AIRFLOW_HOME"])
    print(f"Airflow on http://127.0.0.1:{port}, user admin; its password is in")
    print(f"{home / 'simple_auth_manager_passwords.json.generated'}. Stop it with Ctrl-C.")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "airflow", "standalone"])


if __name__ == "__main__":
    main()
