"""Holding the rule against written cases: ``cases.csv``, a row a decision, and ``scenes.json``, whole situations."""

from leaddesk.policy.conformance.check import Difference, MalformedFile, Outcome, check_file

__all__ = ["Difference", "MalformedFile", "Outcome", "check_file"]
