"""How fast it is, as ratios: each measure and its anchor run alternately in one run, on the machine at hand.

``python -m bench`` sets up an installation of its own (durable settings: fsync, full page
writes, synchronous commit), fills it with ``zhunsheng seed`` and prints one JSON line a
measure. Absolute figures do not carry from one machine or hour to another; the median of
the ratios does, as far as ``machine_busy`` and ``steal`` beside it allow.
"""
