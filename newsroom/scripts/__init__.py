"""The Kazakh pages in the two other scripts of Kazakh; docs/scripts.md tells how."""
