"""What Prefect must be told before it is imported."""

import os
from pathlib import Path

from models.places import cache_folder


def prepare_prefect(*, quiet: bool) -> None:
    """Set Prefect's environment, leaving everything the user has set as it is.

    Unless the user has a Prefect profile, home or API URL, Prefect's database goes to zhen's cache
    folder. ``quiet`` keeps Prefect's own log off the terminal: the command line tells what happens
    in its own words. To be called before ``import prefect``.
    """
    environment = os.environ
    environment.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    environment.setdefault("DO_NOT_TRACK", "1")
    environment.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    if quiet:
        environment.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
        environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
    own = {"PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILES_PATH"}
    if not own & environment.keys() and not (Path.home() / ".prefect" / "profiles.toml").exists():
        home = cache_folder() / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        environment["PREFECT_HOME"] = str(home)
