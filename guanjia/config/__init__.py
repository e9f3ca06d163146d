"""Settings, addresses, server entry points, database back end."""
