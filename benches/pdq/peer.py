"""Times PyPI's binding of PDQ's reference: `python peer.py FOLDER`, on FOLDER/scene.ppm."""
import pathlib
import sys
import time

import numpy
import pdqhash
from PIL import Image

ROUNDS = 41
picture = numpy.asarray(Image.open(pathlib.Path(sys.argv[1]) / "scene.ppm").convert("RGB"))
times = []
for _ in range(ROUNDS):
    start = time.perf_counter()
    vector, _quality = pdqhash.compute(picture)
    times.append((time.perf_counter() - start) * 1e3)
text = numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()
print(f"{'PyPI pdqhash, full-size':<34}{sorted(times)[ROUNDS // 2]:>8.2f} ms  {text}")
