"""The sealed page on which an attendee reads and signs the confidentiality agreement."""
