"""Ask the processor to fetch what will be needed soon; for compiled code only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped] # it ships no types
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

AHEAD = 32
"""How many ties ahead is asked for: some hundred nanoseconds of work, which memory takes to answer."""

_BITS, _READ, _NEAREST, _DATA = 32, 0, 3, 1


def _prefetch(_context: Any, column: Any, _place: Any) -> tuple[Any, Any]:
    """Fetch ``column[place]`` into the processor's memory without waiting for it; nothing else happens.

    Rows of a network lie all over the memory, and a pass that asks for each as it comes to it waits most of
    its time. LLVM's ``llvm.prefetch`` does nothing where a processor has no such instruction, and a place
    outside of the column does no harm.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(_BITS)
        asked = cast("Any", cgutils).get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [byte, number, number, number]), "llvm.prefetch.p0"
        )
        address = builder.bitcast(builder.gep(array.data, [arguments[1]]), byte)
        builder.call(asked, [address, number(_READ), number(_NEAREST), number(_DATA)])
        return context.get_dummy_value()

    return types.void(column, types.intp), generate


prefetch = cast("Callable[[Any, Any], None]", intrinsic(_prefetch))
"""Called in compiled code as ``prefetch(column, place)``; see `_prefetch`."""
