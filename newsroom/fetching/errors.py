"""Why a server was not asked, or its answer not used."""


class FetchError(Exception):
    """No answer can be used; the text says why, in English, for the log."""


class RefusedURLError(FetchError):
    """The URL, or one that it redirects to, must not be requested."""


class UnreachableError(FetchError):
    """The name has no address, or nothing answers there, or TLS fails."""


class TooSlowError(FetchError):
    """The whole exchange was not complete in time."""


class TooLargeError(FetchError):
    """The decompressed answer is larger than allowed."""


class WrongTypeError(FetchError):
    """The answer has a content type that was not asked for."""


class UnusableAnswerError(FetchError):
    """The answer is cut off, damaged, or no HTTP."""
