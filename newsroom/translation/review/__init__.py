"""Submission and approval of translations by Wagtail's workflows.

The workflow is that of the language's page tree. Its state is the review status;
nothing else is stored.
"""
