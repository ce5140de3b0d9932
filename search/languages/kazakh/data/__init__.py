"""The trained lexicon and the spellings; each file says how it was made."""

from pathlib import Path

FOLDER = Path(__file__).parent
