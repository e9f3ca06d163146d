"""A job at a place: opened, dispatched, accepted, arrived, done, signed, returned."""
