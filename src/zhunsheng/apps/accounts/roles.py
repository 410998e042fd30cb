"""What an account may be used for.

A role opens doors; whether an act is lawful is asked of the procedure, not of the role.
``ADMIN`` keeps accounts and the registry's people, and sees no case: who can give
himself any role must not be able to read with it unseen.
"""

from enum import StrEnum


class Role(StrEnum):
    OFFICER = "officer"  # 执法人员
    UNIT_HEAD = "unit-head"  # 承办机构负责人
    PUBLISHER = "publisher"  # 公示经办人
    CHECKER = "checker"  # 公示审核人
    ARCHIVIST = "archivist"  # 档案管理人
    SUPERVISOR = "supervisor"  # 执法监督
    ADMIN = "admin"  # 账号管理员


WHOLE_AGENCY = frozenset({Role.PUBLISHER, Role.CHECKER, Role.ARCHIVIST, Role.SUPERVISOR})
"""Roles that see every case of the agency."""

OWN_UNITS = frozenset({Role.OFFICER, Role.UNIT_HEAD})
"""Roles that see the cases of their unit and of the units below it."""
