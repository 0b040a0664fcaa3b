"""Quantises an ONNX model with ONNX Runtime's own quantiser, as its documentation advises for convolutional networks:
static, QDQ, per channel.

    python quantise.py MODEL.onnx PIXELS OUT.onnx

PIXELS holds pictures of 224 x 224 pixels to calibrate on, three bytes a pixel.
"""

import sys
from pathlib import Path

import numpy
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

SIZE = 224


class Pictures(CalibrationDataReader):
    def __init__(self, pixels: bytes) -> None:
        pictures = numpy.frombuffer(pixels, numpy.uint8).reshape(-1, SIZE, SIZE, 3)
        self.inputs = ({"input": as_input(picture)} for picture in pictures)

    def get_next(self):
        return next(self.inputs, None)


def as_input(picture):
    return (picture.astype(numpy.float32) / 255).transpose(2, 0, 1)[None]


def main() -> None:
    model, pixels, out = map(Path, sys.argv[1:])
    prepared = out.with_suffix(".prepared.onnx")
    # Every shape is fixed, so ONNX's own shape inference is enough.
    quant_pre_process(model, prepared, skip_symbolic_shape=True)
    quantize_static(
        prepared,
        out,
        Pictures(pixels.read_bytes()),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        # Unsigned activations and signed weights are what ONNX Runtime's WebAssembly kernels are written for.
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )
    prepared.unlink()


main()
