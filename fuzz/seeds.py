"""Makes `fuzz/seeds` again: `target/oracle/bin/python fuzz/seeds.py` (any Python with Pillow will do).

Small files of every kind that the targets read, for the fuzzer to begin with. All of them are drawn here. Another
Pillow may write other bytes, which is as good.
"""
import io
import json
import pathlib
import struct

from PIL import Image, ImageCms, PngImagePlugin

SEEDS = pathlib.Path(__file__).parent / "seeds"


def put(target, name, content):
    (SEEDS / target).mkdir(parents=True, exist_ok=True)
    (SEEDS / target / name).write_bytes(content)


def file(picture, kind, **options):
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def scene(shift=0):
    width, height = 24, 16
    picture = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            picture.putpixel((x, y), (x * 10, y * 15, 90 if (x + shift) // 6 % 2 else 200))
    return picture


def pictures():
    still = scene()
    clear = still.copy()
    clear.putalpha(Image.linear_gradient("L").resize(still.size))
    frames = [scene(shift) for shift in (2, 4)]
    turned = Image.Exif()
    turned[0x0112] = 6
    animated = {"save_all": True, "append_images": frames, "duration": 100}
    put("picture", "baseline.jpg", file(still, "JPEG", quality=60))
    put("picture", "progressive.jpg", file(still, "JPEG", quality=60, progressive=True, subsampling=0))
    put("picture", "restarts.jpg", file(still, "JPEG", quality=60, restart_marker_blocks=1))
    put("picture", "turned.jpg", file(still, "JPEG", quality=60, exif=turned))
    put("picture", "grey.jpg", file(still.convert("L"), "JPEG", quality=60))
    put("picture", "four-inks.jpg", file(still.convert("CMYK"), "JPEG", quality=60))
    put("picture", "colours.png", file(still, "PNG"))
    put("picture", "clear.png", file(clear, "PNG"))
    put("picture", "palette.png", file(still.quantize(5), "PNG"))
    put("picture", "bits.png", file(still.convert("1"), "PNG"))
    put("picture", "deep.png", file(still.convert("L").convert("I").convert("I;16"), "PNG"))
    put("picture", "moving.png", file(still, "PNG", **animated))
    put("picture", "still.gif", file(still.quantize(8), "GIF"))
    put("picture", "moving.gif", file(still.quantize(8), "GIF", **animated, disposal=2))
    put("picture", "lossy.webp", file(still, "WEBP", quality=50))
    put("picture", "lossy-clear.webp", file(clear, "WEBP", quality=50))
    put("picture", "lossless.webp", file(clear, "WEBP", lossless=True))
    put("picture", "moving.webp", file(still, "WEBP", **animated, quality=50))
    put("picture", "tiled.png", file(still.quantize(4).resize((400, 400)), "PNG"))
    put("picture", "long.png", file(still.quantize(4).resize((230, 500)), "PNG"))
    put("picture", "colours.bmp", file(still.resize((12, 8)), "BMP"))
    put("picture", "palette.bmp", file(still.quantize(16), "BMP"))
    put("picture", "bits.bmp", file(still.convert("1"), "BMP"))


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) & 1)


def webp(width, height, animated, *chunks):
    """An extended file of a canvas of that size."""
    head = chunk(b"VP8X", bytes([0x12 if animated else 0, 0, 0, 0]) + sides(width, height))
    content = b"WEBP" + head + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(content)) + content


def sides(width, height):
    return struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]


def disagreeing():
    """Files whose lossy frame is larger than the file says; one cost 400 MB, and one a panic of the decoder."""
    lossy = file(scene(), "WEBP", quality=50)[20:]
    vast = lossy[:6] + struct.pack("<HH", 16383, 16383) + lossy[10:]
    control, frame = chunk(b"ANIM", bytes(6)), bytes(6) + sides(8, 8) + bytes([100, 0, 0, 0])
    clear = chunk(b"ALPH", bytes(1 + 8 * 8)) + chunk(b"VP8 ", lossy)
    put("picture", "disagrees.webp", webp(24, 16, False, chunk(b"VP8 ", vast)))
    put("picture", "disagrees-moving.webp", webp(24, 16, True, control, chunk(b"ANMF", frame + chunk(b"VP8 ", vast))))
    put("picture", "disagrees-clear.webp", webp(24, 16, True, control, chunk(b"ANMF", frame + clear)))


def carriers():
    """Pictures with what metadata is taken out of."""
    still = scene().resize((12, 8))
    said = Image.Exif()
    said[0x010F] = "camera"
    said[0x0112] = 6
    said.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="1,2N"/></x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "somebody")
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    animated = {"save_all": True, "append_images": [scene(2).resize((12, 8))], "duration": 100}
    put("metadata", "all.jpg", file(still, "JPEG", quality=40, exif=said, xmp=xmp, icc_profile=profile, comment="words"))
    put("metadata", "scans.jpg", file(still, "JPEG", quality=40, exif=said, comment="words", progressive=True))
    put("metadata", "inks.jpg", file(still.convert("CMYK"), "JPEG", quality=40, xmp=xmp))
    put("metadata", "pictures.jpg", file(still, "MPO", quality=40, exif=said, **animated))
    put("metadata", "all.png", file(still.quantize(4), "PNG", exif=said, pnginfo=text, icc_profile=profile, dpi=(72, 72)))
    put("metadata", "moving.png", file(still.quantize(4), "PNG", exif=said, pnginfo=text, **animated))
    put("metadata", "all.webp", file(still, "WEBP", quality=40, exif=said, xmp=xmp, icc_profile=profile))
    put("metadata", "moving.webp", file(still, "WEBP", quality=40, exif=said, xmp=xmp, **animated))
    put("metadata", "all.gif", file(still.quantize(8), "GIF", comment="words") + b"more")
    put("metadata", "moving.gif", file(still.quantize(8), "GIF", comment="words", loop=0, **animated))


def hash_list(kind, name, entries, labels):
    """A list but for its signature, which the target gives it."""
    text = b"".join(bytes([len(label)]) + label for label in labels)
    hashes = b"".join(bytes([n]) * 32 for n in range(entries))
    length = 96 + len(name) + len(hashes) + len(text) + 64
    head = struct.pack("<8sIBBHQQQQ", b"PPHASH\x1a\n", 1, kind, 2, 31, length, 3, 1000, 2000)
    head += struct.pack("<IHHQ32x", entries, len(name), 0, len(text))
    return head + name + hashes + text + bytes(64)


def lists():
    put("hash_list", "empty", hash_list(1, b"", 0, []))
    put("hash_list", "plain", hash_list(1, b"example", 3, []))
    put("hash_list", "labelled", hash_list(1, "Überschrift".encode(), 3, [b"one", b"", "drei ✓".encode()]))
    put("hash_list", "own", hash_list(2, b"", 4, [b"beach", b"beach", b"boat", b"boat"]))


def texts():
    put("text_hash", "hash", b"0123456789abcdefABCDEF" * 2 + b"00000000000000000000")
    put("text_hash", "bytes", bytes(range(64)))
    put("text_hash", "family", b"512-nearest")


def settings(**more):
    """What settings say; the target gives them a key, a frame and a signature."""
    said = {"revision": 3, "age_band": "13-15", "profiles": [], "approvals": [], "relaxations": []}
    said.update(more, created_at="2026-01-01T00:00:00Z")
    wrapped = {"salt": "01" * 16, "nonce": "02" * 24, "sealed": "03" * 48}
    stretch = {"memory": 32768, "passes": 3, "lanes": 1}
    payload = {"key": "", "settings": said, "stretch": stretch, "pin": wrapped, "recovery": wrapped}
    return json.dumps({**payload, "valid_since": 1, "pairing": "04" * 16}).encode()


def guardians():
    put("guardian", "plain", settings())
    at = "2026-01-01T00:00:00Z"
    approval = {"contact": "ada", "label": "Ada", "decision": "approved", "at": at}
    relaxation = {"what": "pictures", "from": at, "until": "2026-01-02T00:00:00Z"}
    put("guardian", "full", settings(profiles=["eu-dsa"], approvals=[approval], relaxations=[relaxation]))
    put("guardian", "request", b"PPASK1:")


pictures()
disagreeing()
carriers()
guardians()
lists()
texts()

put("message", "chat", 'hey s3nd me a p\u200bic, dont tell ur mum \U0001f910\n no leave me alone\npay 200 by 2nite or i p o s t it to "everyone"\n'.encode())
put("pack", "source", 'pack en\nclass a\n  b "c d" efg* <h>\nclass h\n  i\nrule r lure strong from any always\n  when <a> 3 "j k"\n  unless l\n  fires b j k\n  quiet l\n'.encode())
