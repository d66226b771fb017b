"""The chair's private screen: panels that show views and say what the user asked for, and decide nothing."""
