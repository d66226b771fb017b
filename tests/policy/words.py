"""The everyday words that the tests of the rule use."""

from leaddesk.assets import everyday_words

EVERYDAY = everyday_words()
