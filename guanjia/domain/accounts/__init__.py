"""Users, sign-in, sessions, devices and tokens."""
