"""What happened, by whom, when: append-only and hash-chained."""
