"""LeadDesk: the encrypted desk a LEAD Operational Work Group meeting is run from."""
