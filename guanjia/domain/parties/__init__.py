"""People and firms, occupancy, vehicles, needs, consent."""
