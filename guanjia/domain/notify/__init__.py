"""Messages out: an outbox in the caller's transaction, delivered at least once."""
