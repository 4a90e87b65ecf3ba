from tests.support.slot_clients import later, make, site

__all__ = ["later", "make", "site"]
