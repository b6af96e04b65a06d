"""The numbers of the BM25 formula, the same for every engine.

Tuned on one half of a set of questions with their passages and judged on the other half.
"""

# How soon more occurrences stop counting, and how much a long passage is held back.
K1, B = 0.6, 0.75
STEM_WEIGHT, GRAM_WEIGHT = 1.0, 1.0
# Grams of one word mostly occur together: n of them weigh together as n ** 0.7 would, not n.
GRAM_DAMPING = 0.3
# A third occurrence in a passage says nothing that the second did not.
MOST_COUNTED = 2
