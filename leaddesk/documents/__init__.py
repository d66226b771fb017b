"""What LeadDesk prints: a function a document, a filtered view in, the bytes of a tagged PDF out."""
