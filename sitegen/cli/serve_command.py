"""`sitegen serve`."""

from __future__ import annotations

import secrets
from pathlib import Path

import click


@click.command(
    "serve",
    short_help="Show the built site on this machine.",
    epilog="Example: sitegen serve --port 8080 --open",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve_command(port: int, open_browser: bool) -> None:
    """Show output/site at http://127.0.0.1:PORT/, on this machine only. Ctrl-C ends it."""
    from sitegen.content.folder import find_shop
    from sitegen.serve.server import preview_server

    root = find_shop(Path.cwd())
    secret = secrets.token_urlsafe(12)
    server = preview_server(root, port, secret)
    url = server.url
    try:
        click.echo(f"The site is at {url} (Ctrl-C ends it).")
        click.echo(
            "A member's link for it: sitegen members link CUSTOMER"
            + (f" --port {server.port}" if server.port != 8000 else "")
        )
        click.echo(f"E-mails and texts as customers will see them: http://127.0.0.1:{server.port}/-/{secret}/")
        if open_browser:
            click.launch(url)
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nEnded.")
    finally:
        server.server_close()
