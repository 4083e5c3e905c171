"""How numbers and texts stand in the index's files: postings, bounds, names."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import sub

# A posting in memory is one number that sorts by weight, the heaviest first, then by page.
_WEIGHT_SHIFT = 24
PAGES = 1 << _WEIGHT_SHIFT
HEAVIEST = 15
_ALPHABET = "".join(chr(code) for code in range(35, 127) if code != 92)
_ENDING, _CONTINUING = 64, 27
_MOST_SHARED = 79
_WORD = 0xFFFFFFFF


def posting(page: int, weight: int) -> int:
    """A page number (below 2^24) and a weight (1 to 15) as one number."""
    return (HEAVIEST - weight) << _WEIGHT_SHIFT | page


class _Numbers(dict[int, str]):
    """Numbers as text; each is written once."""

    def __missing__(self, number: int) -> str:
        digits = _ALPHABET[number % _ENDING]
        rest = number // _ENDING
        while rest:
            rest -= 1
            digits = _ALPHABET[_ENDING + rest % _CONTINUING] + digits
            rest //= _CONTINUING
        self[number] = digits
        return digits


_numbers = _Numbers()
_write: Callable[[int], str] = _numbers.__getitem__


def encode_numbers(numbers: Sequence[int]) -> str:
    """Ascending numbers: the first, then differences."""
    if not numbers:
        return ""
    return _write(numbers[0]) + "".join(map(_write, map(sub, numbers[1:], numbers)))


def encode_postings(codes: Sequence[int]) -> str:
    """Sorted postings as text: a group for each weight."""
    groups: list[str] = []
    start, size = 0, len(codes)
    while start < size:
        level = codes[start] >> _WEIGHT_SHIFT
        end = bisect_left(codes, (level + 1) << _WEIGHT_SHIFT, start)
        base = level << _WEIGHT_SHIFT
        groups.append(
            f"{HEAVIEST - level:x}{_write(codes[start] - base)}"
            + "".join(map(_write, map(sub, codes[start + 1 : end], codes[start:end])))
        )
        start = end
    return " ".join(groups)


def decode_numbers(text: str) -> list[int]:
    """What :func:`encode_numbers` wrote."""
    found: list[int] = []
    number = page = 0
    for sign in text:
        code = ord(sign)
        digit = code - 35 - (code > 92)
        if digit >= _ENDING:
            number = number * _CONTINUING + digit - _ENDING + 1
        else:
            page += number * _ENDING + digit
            found.append(page)
            number = 0
    return found


def decode_postings(text: str) -> list[int]:
    """What :func:`encode_postings` wrote."""
    groups = (group for group in text.split(" ") if group)
    return [posting(page, int(group[0], 16)) for group in groups for page in decode_numbers(group[1:])]


def pack(codes: Iterable[int]) -> bytes:
    """Postings as the cache holds them."""
    return array("I", codes).tobytes()


def unpack(packed: bytes) -> list[int]:
    """What :func:`pack` made."""
    codes = array("I")
    codes.frombytes(packed)
    return codes.tolist()


def merged(added: Iterable[Iterable[int]]) -> list[int]:
    return sorted(chain.from_iterable(added))


def file_name(text: str) -> str:
    """The name of the file for *text*: two hashes over its UTF-16 code units, as hexadecimal digits."""
    one, other = 0xDEADBEEF, 0x41C6CE57
    raw = text.encode("utf-16-le", "surrogatepass")
    for at in range(0, len(raw), 2):
        unit = raw[at] | raw[at + 1] << 8
        one = (one ^ unit) * 2654435761 & _WORD
        other = (other ^ unit) * 1597334677 & _WORD
    return f"{one:08x}{other:08x}"


def front_coded(bounds: Iterable[str]) -> str:
    """Sorted texts as one: each as the number of code units that it shares with the one before, and the rest."""
    lines: list[str] = []
    before = ""
    for bound in bounds:
        shared = _shared(before, bound)
        lines.append(chr(48 + shared) + bound[shared:])
        before = bound
    return "\n".join(lines)


def front_decoded(text: str) -> Iterator[str]:
    """What :func:`front_coded` wrote."""
    before = ""
    for line in text.split("\n"):
        before = before[: ord(line[0]) - 48] + line[1:]
        yield before


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike. Beyond the first that needs two code units nothing is shared."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right or ord(left) > 0xFFFF or count == _MOST_SHARED:
            break
        count += 1
    return count
