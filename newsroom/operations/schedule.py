"""Publishing what is due."""

from django.core.management import call_command

from newsroom.articles.creation import remove_old_creations
from newsroom.bin.restoring import empty_old


def publish_due() -> None:
    """Publish and take down what is due, releases too. What is refused is recorded
    and told once; it stops nothing else."""
    remove_old_creations()
    empty_old()
    call_command("publish_releases", verbosity=0)
    call_command("publish_scheduled", verbosity=0)
