"""Plain builders without randomness, one per noun; each takes what the test cares about and fills in the rest."""
