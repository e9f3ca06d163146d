"""Django's SQLite back end, with an advisory lock round write transactions so that no writer starves (decision 0003)."""
