"""Photos and documents, attached to what they prove."""
