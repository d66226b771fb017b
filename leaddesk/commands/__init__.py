"""The commands, a group or a kind of them a module."""
