"""crosstie shows people the network they learn from, and helps them widen it."""
