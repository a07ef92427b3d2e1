"""Reads numeric series out of R's data bases of packages (.rdb, .rdx), without R.

A data base is a file of zlib chunks, each R's serialization of an object; its index says which chunk is which object. Read here:
numbers, texts, lists and their attributes, which is what time series are. Source: R Internals, 1.8 "Serialization Formats".
"""
import struct
import zlib


class Reader:
    """One serialized object."""

    def __init__(self, data):
        self.data, self.at, self.references = data, 0, []
        assert data[:2] == b"X\n", "only the XDR form is read"
        self.at = 2
        version, _, _ = self.ints(3)
        if version == 3:
            self.take(self.ints(1)[0])  # the native encoding

    def take(self, size):
        part = self.data[self.at:self.at + size]
        self.at += size
        return part

    def ints(self, count):
        return struct.unpack(f">{count}i", self.take(4 * count))

    def doubles(self, count):
        return list(struct.unpack(f">{count}d", self.take(8 * count)))

    def length(self):
        return self.ints(1)[0]

    def object(self):
        """(value, attributes)"""
        flags = self.ints(1)[0]
        kind, has_attributes = flags & 0xFF, bool(flags & 0x200)
        if kind in (254, 253, 252, 251, 242, 241):  # nothing, and environments by name
            return None, {}
        if kind == 255:
            return self.references[(flags >> 8) - 1 if flags >> 8 else self.ints(1)[0] - 1], {}
        if kind == 1:
            name = self.object()[0]
            self.references.append(name)
            return name, {}
        if kind == 9:
            size = self.ints(1)[0]
            return (None if size < 0 else self.take(size).decode("utf-8", "replace")), {}
        if kind in (2, 6):  # pairs
            pairs = {}
            while True:
                kind, has_attributes, has_tag = flags & 0xFF, bool(flags & 0x200), bool(flags & 0x400)
                if kind not in (2, 6):
                    break
                if has_attributes:
                    self.object()
                tag = self.object()[0] if has_tag else len(pairs)
                pairs[tag] = self.object()
                flags = self.ints(1)[0]
            return pairs, {}
        if kind in (10, 13):
            value = list(self.ints(self.length()))
        elif kind == 14:
            value = self.doubles(self.length())
        elif kind == 16:
            value = [self.object()[0] for _ in range(self.length())]
        elif kind in (19, 20):
            value = [self.object() for _ in range(self.length())]
        elif kind == 238:  # compact forms: a sequence of whole numbers, mostly
            info, state = self.object(), self.object()
            self.object()
            count, first, step = state[0]
            return [first + i * step for i in range(int(count))], {}
        else:
            raise ValueError(f"R's type {kind} is not read")
        attributes = self.object()[0] if has_attributes else {}
        return value, {name: part for name, part in (attributes or {}).items()}


def packed(chunk):
    """A chunk: its length, a letter where it is not zlib, the data."""
    size = struct.unpack(">i", chunk[:4])[0]
    if chunk[4:5] in (b"Z", b"2", b"0") and chunk[4:6] not in (b"x\x9c", b"x\xda", b"x\x01"):
        import bz2
        import lzma
        if chunk[4:5] == b"2":
            return bz2.decompress(chunk[5:])
        if chunk[4:5] == b"0":
            return chunk[5:5 + size]
        return lzma.decompress(chunk[5:], lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "preset": 6}])
    return zlib.decompress(chunk[4:])


def series(folder, name):
    """The numbers of an object, and its attributes."""
    with open(f"{folder}/Rdata.rdx", "rb") as file:
        raw = file.read()
    index = Reader(zlib.decompress(raw) if raw[:1] == b"x" else __import__("gzip").decompress(raw)).object()
    names = index[1]["names"][0]
    variables = index[0][names.index("variables")]
    keys = variables[1]["names"][0]
    offset, length = variables[0][keys.index(name)][0]
    with open(f"{folder}/Rdata.rdb", "rb") as file:
        file.seek(offset)
        return Reader(packed(file.read(length))).object()
