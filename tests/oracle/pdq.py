"""PDQ by other people's code: hashes of picture files from PyPI's binding of the reference, one JSON object a line.

    python pdq.py FILE...
"""
import hashlib
import json
import sys

import numpy
import pdqhash
from PIL import Image

SIDE = 512


def text(vector):
    return numpy.packbits(vector.astype(numpy.uint8)).tobytes().hex()


def nearest(picture):
    height, width, _ = picture.shape
    if max(height, width) <= SIDE:
        return picture
    at = numpy.arange(SIDE)
    return numpy.ascontiguousarray(picture[(at * height // SIDE)[:, None], (at * width // SIDE)[None, :]])


def hashed(picture):
    vector, quality = pdqhash.compute(picture)
    return {"hash": text(vector), "quality": quality}


for file in sys.argv[1:]:
    picture = numpy.asarray(Image.open(file).convert("RGB"))
    print(json.dumps({
        "file": file,
        "rgb": hashlib.sha256(picture.tobytes()).hexdigest(),
        "512-nearest": hashed(nearest(picture)),
        "full-size": hashed(picture),
        "dihedral": [text(vector) for vector in pdqhash.compute_dihedral(picture)[0]],
    }))
