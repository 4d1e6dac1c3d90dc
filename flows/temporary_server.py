"""Prefect's temporary server, so started that it never outlives the run it was started for.

Prefect starts it as a plain child: a killed run leaves it behind for good, and Ctrl-C on a terminal
ends it before the run that still has to tell it how it ended (which then waits a minute for an
answer). Here it gets a session of its own and a line to its parent. What it says, such as the
tracebacks of tasks of its own that its end cuts off, goes to a file in Prefect's home.
"""

import os
import subprocess
import sys
import threading
from typing import Any

LOG = "temporary-server.log"
_FACTORY = "prefect.server.api.server:create_app"


def bind_temporary_server() -> None:
    """From now on Prefect starts its temporary server our way."""
    from prefect.server.api.server import SubprocessASGIServer

    SubprocessASGIServer._run_uvicorn_command = _start  # type: ignore[assignment, method-assign]


def _start(server: Any) -> "subprocess.Popen[Any]":
    from prefect.settings import get_current_settings

    current = get_current_settings()
    settings = current.to_environment_variables(exclude_unset=True)
    prefect_says = {
        "PREFECT_UI_ENABLED": "0",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
    }
    with open(current.home / LOG, "wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.temporary_server", str(server.port)],
            stdin=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **prefect_says, **settings, "PYTHONPATH": os.pathsep.join(sys.path)},
        )


def _end_with_parent() -> None:
    os.read(0, 1)  # nothing is ever written: this is the end of the parent
    os._exit(0)


def main() -> None:
    """Serve on the port that is the first argument until the parent has gone."""
    import uvicorn

    threading.Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(
        _FACTORY,
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    main()
