"""Places of Kazakhstan: their names today, former names and other spellings."""
