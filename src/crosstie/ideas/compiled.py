"""How the kernels are compiled: once a machine where that can be kept, else once a process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(function: Kernel) -> Kernel:
    """Compile a function, and keep the machine code beside its file or in the user's cache folder.

    Where neither can be written (a container that runs read-only), it is compiled anew in each process.
    """
    try:
        return cast("Kernel", njit(cache=True, nogil=True)(function))
    except RuntimeError:  # numba found no folder it may write to
        return cast("Kernel", njit(nogil=True)(function))
