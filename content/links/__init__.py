"""Cited addresses: gathered, checked, judged; what drifted loses its link for readers."""
