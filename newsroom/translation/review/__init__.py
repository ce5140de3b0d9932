"""Handing translations in, and approving them, by Wagtail's workflows.

The workflow is that of the language's tree. What it says of a page is the state of the
review; nothing is kept beside it.
"""
