"""The entry point: `sitegen VERB`, and what every error becomes."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from sitegen import __version__
from sitegen.cli.audit_command import audit_command
from sitegen.cli.build_command import build_command
from sitegen.cli.cards_command import cards_command
from sitegen.cli.check_command import check_command
from sitegen.cli.deploy_command import deploy_command
from sitegen.cli.doctor_command import doctor_command
from sitegen.cli.erase_command import erase_command
from sitegen.cli.explain_command import explain_command, more_about
from sitegen.cli.export_command import export_command
from sitegen.cli.import_command import import_command
from sitegen.cli.init_command import init_command
from sitegen.cli.keys_command import keys_group
from sitegen.cli.members_command import members_group
from sitegen.cli.new_command import new_group
from sitegen.cli.plan_command import plan_command
from sitegen.cli.preflight_command import preflight_command
from sitegen.cli.receive_command import receive_command
from sitegen.cli.report_command import report_command
from sitegen.cli.schedule_command import schedule_command
from sitegen.cli.schema_command import schema_command
from sitegen.cli.secrets import Given, take
from sitegen.cli.segments_command import segments_group
from sitegen.cli.send_command import send_group
from sitegen.cli.serve_command import serve_command
from sitegen.cli.theme_command import theme_group
from sitegen.cli.verify_command import verify_command
from sitegen.errors import Exit, Mistakes, SitegenError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 mistakes, 2 usage, 3 a bug in sitegen, 4 a broken link, 5 a leak, 6 a message that "
    "may not be sent, 7 a card that may not be printed, 130 interrupted.",
)
@click.version_option(__version__, prog_name="sitegen")
def cli() -> None:
    """Keep a shop's old customers: members-only site, newsletters and greeting cards from one folder.

    Example: sitegen build && sitegen serve
    """


for command in (
    init_command,
    new_group,
    check_command,
    explain_command,
    theme_group,
    build_command,
    serve_command,
    plan_command,
    schedule_command,
    report_command,
    segments_group,
    members_group,
    cards_command,
    send_group,
    keys_group,
    audit_command,
    import_command,
    export_command,
    erase_command,
    deploy_command,
    verify_command,
    preflight_command,
    receive_command,
    doctor_command,
    schema_command,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line and leave with the exit code of INTERFACE.md."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; what comes back is its exit code."""
    # Before anything else runs: no process that a command starts finds a secret in its environment.
    given = take(os.environ)
    try:
        left = cli(arguments, prog_name="sitegen", standalone_mode=False, obj=given)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was half written", err=True)
        return Exit.INTERRUPTED
    except SitegenError as error:
        return _tell(error, given)
    except BrokenPipeError:
        # The reader of our output went away (`sitegen plan | head`): nothing is wrong.
        sys.stderr.close()
        return Exit.DONE
    except Exception:  # noqa: BLE001 - the last fence: everything unforeseen is our bug, and says so
        click.echo(_without_secrets(traceback.format_exc(), given), err=True)
        click.echo("this is a bug in sitegen, not your mistake; please report the lines above", err=True)
        return Exit.BUG
    # Without standalone mode, click hands the code of `--help` and `--version` back.
    return left if isinstance(left, int) else Exit.DONE


def _tell(error: SitegenError, given: Given) -> int:
    click.echo(_without_secrets(str(error), given), err=True)
    if isinstance(error, Mistakes):
        count = len(error.problems)
        click.echo(f"\n{count} {'mistake' if count == 1 else 'mistakes'}; nothing was written", err=True)
        if error.problems:
            click.echo(more_about(error.problems), err=True)
    return int(error.exit_code)


def _without_secrets(text: str, given: Given) -> str:
    # Only a command that fails pays for it.
    from sitegen.cli.redaction import redacted, secrets_held

    return redacted(text, secrets_held(given, Path.cwd()))
