"""Forms, choosers and known names of people, organisations, places and topics."""
