"""本月 and a day of it: what is due, by clause, place and person, and what people do about it."""
