"""What is stored of every published document, and how it is written."""
