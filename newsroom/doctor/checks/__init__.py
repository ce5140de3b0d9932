"""The checks that come with the site, in the order in which they run."""

from newsroom.doctor.checks.backups import check_backups
from newsroom.doctor.checks.configuration import check_settings
from newsroom.doctor.checks.database import (
    check_clock,
    check_database,
    check_migrations,
)
from newsroom.doctor.checks.https import check_https
from newsroom.doctor.checks.mail import check_mail
from newsroom.doctor.checks.media import check_disk, check_media, check_private
from newsroom.doctor.checks.search import check_search
from newsroom.doctor.checks.static_files import check_fonts, check_static
from newsroom.doctor.checks.worker import check_worker
from newsroom.doctor.registry import Check, register

# Seconds for checks that ask the site several times through its proxy.
WEB_SECONDS = 30.0
# Seconds for a comparison of all static files.
FILES_SECONDS = 60.0


def register_all() -> None:
    for check in (
        Check("settings", check_settings, FILES_SECONDS),
        Check("database", check_database),
        Check("clock", check_clock, needs_database=True),
        Check("migrations", check_migrations, FILES_SECONDS, needs_database=True),
        Check("search", check_search, needs_database=True),
        Check("worker", check_worker, needs_database=True),
        Check("media", check_media),
        Check("disk", check_disk),
        Check("static", check_static, FILES_SECONDS),
        Check("fonts", check_fonts, WEB_SECONDS),
        Check("https", check_https, WEB_SECONDS),
        Check("private", check_private, WEB_SECONDS),
        Check("mail", check_mail, WEB_SECONDS),
        Check("backups", check_backups),
    ):
        register(check)
