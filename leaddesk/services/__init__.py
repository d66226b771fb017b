"""Use cases in the words of the domain: one method, one transaction."""
