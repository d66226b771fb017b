"""The windows: the only layer that knows Qt. It is given views and gives back what somebody did."""
