"""Dates as Russian papers write them: 8 июля 2025 года."""

from newsroom.localisation.languages import language

DATE_FORMAT = r"j E Y \г\о\д\а"
DATETIME_FORMAT = r"j E Y \г\о\д\а, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = r"F Y \г\о\д\а"
MONTH_DAY_FORMAT = "j E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = language("ru").decimal_mark
THOUSAND_SEPARATOR = language("ru").group_mark
NUMBER_GROUPING = 3
