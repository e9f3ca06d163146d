"""Money in whole fen: rounding once, products of price and area, and splits that sum.

Nothing here knows what is charged or when; contracts choose the rounding step and the point at which to round.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction

_YUAN = re.compile(r"(?P<sign>[-+−－]?)[¥￥]?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?元?")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def round_half_up(value: Exact, step: int = 1) -> int:
    """Round to the nearest multiple of `step`; a half goes away from zero (四舍五入, not Python's half to even)."""
    if step < 1:
        raise ValueError(f"step must be 1 or more, not {step}")
    exact = Fraction(value) / step
    down = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return step * (down if exact >= 0 else -down)


def round_fen(yuan: Exact, *, step: int = 1) -> int:
    """Turn an exact amount of yuan into fen, rounded half up once to `step` fen (1 分, 10 角, 100 元)."""
    return round_half_up(Fraction(yuan) * 100, step)


def price_times_area(price: Decimal, area: Decimal, *, months: Exact = 1, step: int = 1) -> int:
    """Return the fen for `area` m² at `price` yuan per m² and month over `months`, rounded once at the end.

    A contract that rounds each month calls this for one month and multiplies; the two differ (89.37 × 2.35 × 12).
    """
    return round_fen(Fraction(price) * Fraction(area) * Fraction(months), step=step)


def split(total: int, weights: Sequence[Exact]) -> list[int]:
    """Divide `total` fen in proportion to `weights` so that the parts sum to it exactly.

    Every part is within one fen of its exact share; the fen left over go to the largest remainders, earlier parts first.
    Weights are not negative and not all zero. A negative total is split like its opposite.
    """
    if not weights or any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights must be given, none negative and not all zero")
    if total < 0:
        return [-part for part in split(-total, weights)]
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    parts, remainders = [], []
    for position, weight in enumerate(exact):
        part, remainder = divmod(total * weight, whole)
        parts.append(int(part))
        remainders.append((-remainder, position))
    for _, position in sorted(remainders)[: total - sum(parts)]:
        parts[position] += 1
    return parts


def yuan(fen: int, *, grouped: bool = True) -> str:
    """Write fen as yuan with two decimals: 123456 → "1,234.56"."""
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:{',' if grouped else ''}}.{part:02d}"


def parse(text: str) -> int:
    """Read an amount of yuan as people type it ("¥1,234.5", "２.５元") into fen. Raises ValueError past two decimals."""
    match = _YUAN.fullmatch(text.translate(_NARROW).replace(" ", "").replace("\u3000", ""))
    if match is None:
        raise ValueError(f"not an amount: {text!r}")
    part = (match["part"] or "").rstrip("0")
    if len(part) > 2:
        raise ValueError(f"finer than one fen: {text!r}")
    fen = int(match["whole"].replace(",", "")) * 100 + int(part.ljust(2, "0"))
    return -fen if match["sign"] in {"-", "−", "－"} else fen
