"""Legal review (行政处罚法 art. 58): when it is due, what it looks at, what it rests on.

``needs`` answers the three predicates from the catalogues; ``points`` holds the eleven
points and what the program can answer by itself.
"""
