"""The only place that reads the time. Faces and commands call it and pass `at` down; the domain is told the time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_stopped: datetime | None = None


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _stopped or datetime.now(UTC)


def stop(at: datetime | None) -> None:
    """Stop the clock at an instant, or let it run again with None. For tests and the played demo month."""
    global _stopped
    _stopped = at
