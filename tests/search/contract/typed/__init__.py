"""What readers type, and what it finds, on every engine."""
