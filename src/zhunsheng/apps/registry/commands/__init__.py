"""Acts on the registry: one function each, one event each, one transaction each.

Who may: the agency's ``admin`` (keeps people and accounts) and ``supervisor`` (the office
of the leading group). Bad input is refused with all its faults at once, and nothing written.
"""

from zhunsheng.apps.registry.commands.agencies import register_agency, rename_agency, set_authorities
from zhunsheng.apps.registry.commands.items import retire_item, seed_items
from zhunsheng.apps.registry.commands.officers import (
    issue_certificate,
    lift_recusal,
    move_officer,
    pass_exam,
    record_recusal,
    register_officer,
    withdraw_certificate,
)
from zhunsheng.apps.registry.commands.units import end_capacity, establish_post, grant_capacity, register_unit

__all__ = [
    "end_capacity",
    "establish_post",
    "grant_capacity",
    "issue_certificate",
    "lift_recusal",
    "move_officer",
    "pass_exam",
    "record_recusal",
    "register_agency",
    "register_officer",
    "register_unit",
    "rename_agency",
    "retire_item",
    "seed_items",
    "set_authorities",
    "withdraw_certificate",
]
