"""The Arabic language: tokens with spans, spelling, morphology, numbers, dates, names and places."""
