"""Export and import of translations as files for translation tools."""
