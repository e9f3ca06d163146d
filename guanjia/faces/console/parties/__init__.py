"""住户: people, firms, what they are to places, duplicates, familiarity."""
