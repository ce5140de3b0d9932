"""Errors of backup and restore, whose messages are for the operator."""


class BackupError(Exception):
    """Nothing was backed up or restored, for the reason in the message."""


class LockedError(BackupError):
    """Another backup is running."""


class DamagedError(BackupError):
    """An archive is not what was written; ``faults`` names each damaged part."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults
