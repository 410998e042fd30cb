"""Pages of the office, one module for each thing a person does. Thin: parse, one command or query, answer."""
