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
from tasks.driver.remote import read_object, write_object
from tasks.driver.revisions import model_revisions
from tasks.driver.settings import Settings
from tasks.driver.store import StoreError, is_url
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
    """What a worker must find: the work store (a folder, or a URL) with ``proof`` in it, the
    inputs, and the same code, libraries and models, by name.
    """

    work: str
    proof: str
    inputs: tuple[str, ...]
    settings: Settings
    versions: tuple[tuple[str, str], ...]
    models: tuple[tuple[str, str], ...]


def site_of(plan: Plan) -> Site:
    """The site of a plan; leaves a proof in its work folder, or at the URL of its store, for the
    workers to see. Raises StoreError.
    """
    proof = secrets.token_hex(16)
    if is_url(plan.store):
        write_object(plan.store, _PROOF, proof.encode())
    else:
        plan.work.mkdir(parents=True, exist_ok=True)
        write_whole(plan.work / _PROOF, proof.encode())
    return Site(
        plan.store if is_url(plan.store) else str(plan.work),
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


def _is_seen(site: Site) -> bool:
    try:
        if is_url(site.work):
            return read_object(site.work, _PROOF) == site.proof.encode()
        return Path(site.work, _PROOF).read_text("ascii") == site.proof and os.access(
            site.work, os.W_OK
        )
    except (OSError, StoreError):
        return False


@cache
def _prove(site: Site) -> None:
    who = f"the worker on {platform.node()} (process {os.getpid()})"
    if not _is_seen(site):
        raise SiteError(
            f"{who} cannot see or write the work store {site.work}; choose an --out in a folder "
            "that all machines share under one path, or a run.store that all of them can use"
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
