"""Tests of the PDFs, read back by other programs than the one that wrote them."""
