"""The audit: everything that can be recomputed is recomputed and compared, and every difference names its record."""

from zhunsheng.apps.journal.audit.findings import Finding, register_check

__all__ = ["Finding", "register_check"]
