"""The pages behind the rail: lists, forms, and what can be printed."""
