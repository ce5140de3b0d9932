"""The stored entries of published documents, and the code that writes them."""
