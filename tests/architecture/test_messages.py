"""Every text has its English, with the same placeholders, and none is kept that nobody says any more."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_english_texts_are_complete():
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    messages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(messages)
    assert messages.faults() == [], "python scripts/messages.py update, then write the English in guanjia/locale/en"
