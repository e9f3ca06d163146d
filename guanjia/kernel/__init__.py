"""The ground everything stands on: no tables, no HTTP, no clock reading inside the domain."""
