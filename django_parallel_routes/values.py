"""Copies of frozen values with some fields changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(value: Any, **changes: Any) -> Any:
        """Return a copy, as ``dataclasses.replace()`` does for classes without ``__post_init__()``.

        That calls ``__init__()``, which sets the fields of a frozen class one by one: a request would spend
        a tenth of the package's time on it.
        """
        copy = object.__new__(type(value))
        fields = {**vars(value), **changes}
        known = value.__dataclass_fields__
        if len(fields) > len(known):  # There are cached properties in it, or an unknown name.
            if unknown := changes.keys() - known.keys():
                raise TypeError(f"{type(value).__name__} has no field {', '.join(unknown)}.")
            fields = {name: fields[name] for name in known}
        vars(copy).update(fields)
        return copy
