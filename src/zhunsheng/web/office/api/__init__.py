"""The office API, version 1: the commands and the names of the pages (docs/reference/office-api.md)."""
