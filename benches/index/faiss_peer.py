"""Times FAISS on the hashes that `cargo run --release -p corpus --bin index FOLDER` wrote, one thread.

    python faiss_peer.py FOLDER

All are exact at 31 bits. The flat index looks through all; multi-hash ones have tables of so many bits and look one or
two bits around: 16 tables of 16 bits are the classic arrangement, 11 of 23 the quickest one found.
"""

import sys
import time
from pathlib import Path

import faiss
import numpy

BITS = 256
# FAISS means fewer than so many bits.
RADIUS = 31 + 1


def resident() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def times(index, batches) -> tuple[float, float, int]:
    took, matches = [], 0
    for batch in batches:
        start = time.perf_counter()
        limits, _, _ = index.range_search(batch, RADIUS)
        took.append((time.perf_counter() - start) * 1e6)
        matches += int(limits[-1])
    return *numpy.percentile(took, [50, 95]), matches


def main() -> None:
    faiss.omp_set_num_threads(1)
    read = lambda name: numpy.fromfile(Path(sys.argv[1], name), numpy.uint8).reshape(-1, BITS // 8)
    hashes = read("list")
    classic, longer = faiss.IndexBinaryMultiHash(BITS, 16, 16), faiss.IndexBinaryMultiHash(BITS, 11, 23)
    classic.nflip, longer.nflip = 1, 2
    flat = faiss.IndexBinaryFlat(BITS)
    print("| index | build, ms | bytes a hash | searched for | matches | one, µs | p95 | eight, µs | p95 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, index, count in [("16 × 16", classic, 2000), ("11 × 23", longer, 2000), ("flat", flat, 200)]:
        before, start = resident(), time.perf_counter()
        index.add(hashes)
        build, size = (time.perf_counter() - start) * 1e3, (resident() - before) / len(hashes)
        for kind in ["unrelated", "planted"]:
            searched = read(kind)[:count]
            one, one_p95, matches = times(index, searched[:, None])
            eight, eight_p95, _ = times(index, searched.reshape(-1, 8, BITS // 8))
            print(f"| {name} | {build:.0f} | {size:.1f} | {count} {kind} | {matches}"
                  f" | {one:.1f} | {one_p95:.1f} | {eight:.1f} | {eight_p95:.1f} |", flush=True)


main()
