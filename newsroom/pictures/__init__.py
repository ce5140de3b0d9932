"""Pictures as readers get them: as large as the page shows them, in modern formats."""
