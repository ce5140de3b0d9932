"""Path converters for the URLs of the archive."""

from django.urls import register_converter

from search.facets import registry


class YearConverter:
    """A year of four digits, from 1000 to 2999."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoDigitsConverter(YearConverter):
    """A month or a day, always of two digits, so that each has exactly one URL."""

    regex = "[0-3][0-9]"

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class NumberConverter:
    """The number of an article or a name: 18 digits at most, as databases allow."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class FacetConverter:
    regex = "|".join(registry.named())

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(YearConverter, "yyyy")
register_converter(TwoDigitsConverter, "xx")
register_converter(NumberConverter, "number")
register_converter(FacetConverter, "facet")
