"""What a worker on another machine must find as the driver does: folders, code, models.

A result's key says with which code and models it was made. A worker that has others would store
wrong results under right keys, so every worker process proves itself before its first shard.
"""

import os
import platform
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from tasks.driver.files import write_whole
from tasks.driver.plan import Plan
from tasks.driver.revisions import model_revisions
from tasks.driver.settings import Settings
from tasks.driver.versions import all_versions

T = TypeVar("T")
R = TypeVar("R")

_PROOF = "site"


class ClusterError(Exception):
    """A cluster cannot be used; the message is one line for the user."""


class SiteError(ClusterError):
    """A worker does not find what the driver has."""


@dataclass(frozen=True)
class Site:
    """What a worker must find: the work folder with ``proof`` in it, the inputs, and the same
    code, libraries and models, by name.
    """

    work: str
    proof: str
    inputs: tuple[str, ...]
    settings: Settings
    versions: tuple[tuple[str, str], ...]
    models: tuple[tuple[str, str], ...]


def site_of(plan: Plan) -> Site:
    """The site of a plan; leaves a proof in its work folder for the workers to see."""
    plan.work.mkdir(parents=True, exist_ok=True)
    proof = secrets.token_hex(16)
    write_whole(plan.work / _PROOF, proof.encode())
    return Site(
        str(plan.work),
        proof,
        tuple(os.path.realpath(path) for path in plan.inputs),
        plan.settings,
        tuple(all_versions().items()),
        tuple(model_revisions(plan.settings).items()),
    )


def work_at(site: Site, function: Callable[[T], R], item: T) -> R:
    """Do one shard in a worker. Raises SiteError when the worker is not fit for it."""
    _prove(site)
    return function(item)


@cache
def _prove(site: Site) -> None:
    who = f"the worker on {platform.node()} (process {os.getpid()})"
    try:
        seen = Path(site.work, _PROOF).read_text("ascii")
    except OSError:
        seen = ""
    if seen != site.proof or not os.access(site.work, os.W_OK):
        raise SiteError(
            f"{who} cannot see or write the work store {site.work}; choose an --out in a folder "
            "that all machines share under one path"
        )
    for path in site.inputs:
        if not os.access(path, os.R_OK):
            raise SiteError(f"{who} cannot read the input {path}; share it under that path")
    for stage, version in all_versions().items():
        if (stage, version) not in site.versions:
            raise SiteError(
                f"{who} has another zhen, or other libraries, than the driver (stage {stage}); "
                "install the same there"
            )
    try:
        models = model_revisions(site.settings)
    except OSError as error:
        raise SiteError(f"{who} cannot read {error.filename}: {error.strerror}") from None
    for name, revision in models.items():
        if (name, revision) not in site.models:
            raise SiteError(f"{who} has another {name} than the driver; share it or install it")
