"""The order of hits: scores, spelling corrections and similar articles."""
