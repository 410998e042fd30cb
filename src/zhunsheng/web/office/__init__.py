"""办案平台: pages for officers, heads, publishers and checkers. Views parse, call one command or query, and answer."""
