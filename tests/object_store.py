"""An S3 service on loopback (moto's server), for what keeps its work in a bucket.

See https://docs.getmoto.org/en/latest/docs/server_mode.html.
"""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

BUCKET = "corpora"

needs_s3 = pytest.mark.skipif(
    not all(map(find_spec, ("moto", "s3fs", "flask", "flask_cors"))),
    reason="needs moto, s3fs, flask and flask-cors",
)


@contextmanager
def s3_service(folder: Path) -> Iterator[dict[str, str]]:
    """A service with one empty bucket; the environment that leads its users there. Its log, a line
    a request, is ``s3.log`` in ``folder``.
    """
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    place = f"http://127.0.0.1:{port}"
    serve = [sys.executable, "-W", "ignore", "-c", "from moto.server import main; main()"]
    with (
        open(folder / "s3.log", "wb") as log,
        subprocess.Popen(
            [*serve, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
        ) as process,
    ):
        try:
            _make_bucket(f"{place}/{BUCKET}", process)
            yield {
                "AWS_ENDPOINT_URL": place,
                "AWS_ACCESS_KEY_ID": "nobody",
                "AWS_SECRET_ACCESS_KEY": "nothing",
                "AWS_DEFAULT_REGION": "us-east-1",
                # Neither settings of the machine that tests run on, nor a search for some.
                "AWS_CONFIG_FILE": "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
                "AWS_EC2_METADATA_DISABLED": "true",
            }
        finally:
            process.terminate()


def _make_bucket(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=10).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return
