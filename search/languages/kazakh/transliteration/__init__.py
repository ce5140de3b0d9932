"""Reading and writing of Kazakh words in Latin and Arabic alphabets."""
