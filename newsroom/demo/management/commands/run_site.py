"""Command that starts the site on this machine with the demo."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from wagtail.models import Site

from newsroom.demo.accounts import DEMO_ACCOUNTS
from newsroom.localisation.catalogues import compile_catalogues

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Migrate, load the demo once, and serve the site on this machine."
    # The database may not exist yet; the command itself runs the migrations.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        port = _port(options["port"])
        # For the server and the worker, which send e-mails with URLs of the admin.
        os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
        _check_folder(settings.VAR_DIR)
        _check_port_is_free(port)
        _check_database()
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo", once=True, verbosity=options["verbosity"])
        # Canonical URLs contain the port of the current start.
        Site.objects.filter(is_default_site=True).exclude(
            hostname=HOST, port=port
        ).update(hostname=HOST, port=port)
        connection.close()
        self._print_addresses(port)
        _start_worker()
        _serve(port)

    def _print_addresses(self, port: int) -> None:
        address = f"http://{HOST}:{port}"
        self.stdout.write(f"\nReaders:  {address}/kk/  {address}/ru/  {address}/en/")
        self.stdout.write(f"Admin:    {address}/admin/")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"          {account.username} / {account.password}")
        self.stdout.write("Stop with Ctrl+C.\n")
        self.stdout.flush()


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT={text} is not a port: use a number from 1 to 65535.")
    return int(text)


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CommandError(
            f"Cannot write to {folder} ({error.strerror}): "
            "set VAR_DIR to a folder that can be written to."
        ) from error


def _check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): "
                "choose another with PORT=, as in make run PORT=8001."
            ) from error


def _check_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise CommandError(f"The database cannot be opened: {error}") from error


def _start_worker() -> None:
    """Start the worker, which runs background jobs and scheduled publications.

    It ends with this process.
    """
    worker = [sys.executable, sys.argv[0], "worker", "--with-parent"]
    subprocess.Popen(worker)


def _serve(port: int) -> None:
    """Replace this process by the server, so that both stop together."""
    options = [f"--host={HOST}", f"--port={port}", "--blocking-threads=8"]
    # A worker that is stopped while it starts misses the signal.
    options.append("--workers-kill-timeout=10")
    granian = [sys.executable, "-m", "granian", "--interface=wsgi", *options]
    arguments = [*granian, "--log-level=error", "newsroom.wsgi:application"]
    os.execv(sys.executable, arguments)  # noqa: S606
