"""The office API, version 1: the same commands and the same names as the pages. Contract: docs/reference/office-api.md."""
