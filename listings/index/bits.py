"""Sets of schools and of programs as bits, 64 a word.

The last axis is schools, those of a state together, so that what is asked of one state lies in few words.
Programs stand in planes, of each school's first, second, third and so on: what one program meets is an AND of
planes, what a school meets is the OR over them.
"""

import numpy as np
from numpy.typing import NDArray

type Bits = NDArray[np.uint64]
type Flags = NDArray[np.bool_]
type Places = NDArray[np.intp]
type Order = NDArray[np.int32]

WORD = 64


def pack(flags: Flags) -> Bits:
    """Flags along the last axis as words; what fills the last word is 0."""
    packed = np.packbits(flags, axis=-1, bitorder="little")
    missing = -(-flags.shape[-1] // WORD) * WORD // 8 - packed.shape[-1]
    if missing:
        packed = np.concatenate([packed, np.zeros((*packed.shape[:-1], missing), np.uint8)], axis=-1)
    return np.ascontiguousarray(packed).view(np.uint64)


def unpack(bits: Bits, size: int) -> Flags:
    """The first `size` flags of each row."""
    flags = np.unpackbits(bits.view(np.uint8), axis=-1, count=size, bitorder="little")
    return flags.view(np.bool_)


def flags_at(bits: Bits, place: Places) -> Flags:
    """The flags of some places alone, along the last axis."""
    word, bit = np.divmod(place, WORD)
    return (bits[..., word] >> bit.astype(np.uint64) & np.uint64(1)).astype(np.bool_)


def schools_of(bits: Bits) -> Bits:
    """The schools of a set of programs; a set of schools is its own."""
    if bits.ndim == 1:
        return bits
    found: Bits = np.bitwise_or.reduce(bits, axis=0)
    return found


def count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def places(bits: Bits) -> Places:
    """Where the set has its schools, ascending."""
    return np.flatnonzero(unpack(bits, len(bits) * WORD))


def places_between(bits: Bits, start: int, stop: int) -> Places:
    """The same of the start-th to before the stop-th, without looking at the rest."""
    upto = np.cumsum(np.bitwise_count(bits), dtype=np.int64)
    first, last = np.searchsorted(upto, [start, max(start, stop - 1)], side="right")
    before = int(upto[first - 1]) if first else 0
    found: Places = places(bits[first : last + 1])[start - before : stop - before] + first * WORD
    return found


def before(bits: Bits, places: Places) -> Places:
    """How many the set of schools holds before each of some places."""
    word, bit = np.divmod(places, WORD)
    upto = np.concatenate([[0], np.cumsum(np.bitwise_count(bits), dtype=np.intp)])
    # The last place may be the end of the last word.
    part = np.append(bits, np.uint64(0))[word] & ((np.uint64(1) << bit.astype(np.uint64)) - np.uint64(1))
    found: Places = upto[word] + np.bitwise_count(part)
    return found


def words_of(bits: Bits) -> slice:
    """The words from the first to the last that hold any school of a set, or all where these are many.

    A slice copies nothing, but planes that are cut cost about three times as much a word as whole ones.
    """
    held = np.flatnonzero(bits)
    first, end = (int(held[0]), int(held[-1]) + 1) if len(held) else (0, 0)
    return slice(first, end) if 3 * (end - first) < len(bits) else slice(None)


def both(one: Bits | None, other: Bits | None) -> Bits | None:
    """What is in both; None stands for everything."""
    if one is None or other is None:
        return one if other is None else other
    return one & other
