"""The need-to-know rule: pure, standard library only, and the only maker of views."""
