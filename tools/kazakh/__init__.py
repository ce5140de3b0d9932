"""Training of the Kazakh lexicon from word counts and a dictionary (`make lexicon`)."""
