"""Times PyPI's binding of PDQ's reference: `python peer.py FOLDER`, on FOLDER/scene.ppm."""
import pathlib
import sys
import time

import numpy
import pdqhash
from PIL import Image

ROUNDS = 41
folder = pathlib.Path(sys.argv[1])
picture, pale = (numpy.asarray(Image.open(folder / name).convert("RGB")) for name in ("scene.ppm", "pale.ppm"))
times = []
for _ in range(ROUNDS):
    start = time.perf_counter()
    vector, _quality = pdqhash.compute(picture)
    times.append((time.perf_counter() - start) * 1e3)
text = numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()
millis = sorted(times)[ROUNDS // 2]
ratio = millis / float((folder / "full-size").read_text())
quality = pdqhash.compute(pale)[1]
print(f"{'PyPI pdqhash, full-size':<34}{millis:>8.2f} ms  {text}, paler: {quality}, {ratio:.1f} × ours")
