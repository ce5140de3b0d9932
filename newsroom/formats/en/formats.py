"""Dates as English papers outside America write them: 8 July 2025."""

from newsroom.localisation.languages import language

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = language("en").decimal_mark
THOUSAND_SEPARATOR = language("en").group_mark
NUMBER_GROUPING = 3
