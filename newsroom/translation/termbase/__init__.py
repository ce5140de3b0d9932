"""The termbase in the admin, the editor and the readers' search."""
