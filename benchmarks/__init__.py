"""How fast LeadDesk is, each figure as a ratio to a yardstick measured in the same run: ``python -m benchmarks``."""
