from tests.support.slots_command import gallery

__all__ = ["gallery"]
