"""The text of a rate limit, also for the check of the environment: no Django here."""

# Seconds. No window is longer: the time until a client may try again must be worth
# waiting for.
MAX_WINDOW = 3_600


def quota_of(text: str) -> tuple[int, int]:
    """Return (requests, seconds) of *text*: ``300/60``, or ``0`` for no limit.

    Without seconds they are 60. Raises ValueError.
    """
    quota, _slash, window = text.partition("/")
    requests, seconds = int(quota), int(window or 60)
    if requests < 0 or not 0 < seconds <= MAX_WINDOW:
        raise ValueError(text)
    return requests, seconds
