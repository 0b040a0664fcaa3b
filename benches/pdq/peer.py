"""Times PyPI's binding of PDQ's reference: `python peer.py FOLDER`, on FOLDER/scene.ppm."""
import pathlib
import sys
import time

import numpy
import pdqhash
from PIL import Image

ROUNDS = 41
folder = pathlib.Path(sys.argv[1])
picture = numpy.asarray(Image.open(folder / "scene.ppm").convert("RGB"))
times = []
for _ in range(ROUNDS):
    start = time.perf_counter()
    vector, quality = pdqhash.compute(picture)
    times.append((time.perf_counter() - start) * 1e3)
text = numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()
millis = sorted(times)[ROUNDS // 2]
ratio = millis / float((folder / "full-size").read_text())
print(f"{'PyPI pdqhash, full-size':<34}{millis:>8.2f} ms  {text}, quality {quality}, {ratio:.1f} × ours")
