"""The law as data with dates: instruments, citations, parameters, calendars, items.

Source: ``lawdata`` (read by ``infra.lawdata``). This package decides nothing about a case;
it answers what the law said on a day, and where.
"""
