"""The commands of ``zhen`` by name; what they do stands in the modules beside this one."""

import signal
import sys
from typing import NoReturn

import typer

from flows.cli import corpus, evaluate, files, run, status, train
from flows.cli.errors import Exit, Interrupted, Terminated, told_plainly
from tasks.driver.signals import signals_raise

app = typer.Typer(
    name="zhen",
    help="Messy Chinese and English news documents in, clean aligned corpora out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run.run)
app.command()(status.status)
app.command()(files.ingest)
app.command()(files.detect)
app.command()(files.segment)
app.command()(files.align)
app.command()(files.translate)
app.command()(corpus.export)
app.command()(corpus.inspect)
app.command()(corpus.clean)
app.add_typer(evaluate.app, name="eval")
app.add_typer(train.app, name="train")
app.add_typer(train.models_app, name="models")


@app.command()
def version() -> None:
    """Print the version."""
    from tasks.driver.versions import library_version

    typer.echo(f"zhen {library_version('zhen')}")


def main() -> NoReturn:
    """Run the command line and exit; see :class:`flows.cli.errors.Exit` for the codes."""
    kinds = {signal.SIGINT: Interrupted, signal.SIGTERM: Terminated}
    with told_plainly(), signals_raise(kinds):
        try:
            # Not standalone: the errors come here, and the code of typer.Exit as the result.
            code = app(standalone_mode=False)
            if code == Exit.INTERRUPTED:  # typer makes this of a KeyboardInterrupt
                raise KeyboardInterrupt
        except typer.Abort:
            raise KeyboardInterrupt from None
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            # click's own usage errors: unknown options, missing arguments, values out of range
            print(f"zhen: {error.format_message()}", file=sys.stderr)  # noqa: T201
            sys.exit(Exit.USAGE)
    sys.exit(code if isinstance(code, int) else Exit.PUBLISHED)
