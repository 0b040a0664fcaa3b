"""Pictures with metadata as Pillow writes it, and what Pillow makes of pictures.

    python metadata.py write FOLDER
    python metadata.py read FILE…      one JSON object a line
"""
import hashlib
import io
import json
import pathlib
import sys

from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence, PngImagePlugin

SECRET = "Anna's phone"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="52,31.2N">{SECRET}</rdf:Description></x:xmpmeta>'.encode()


def scene(width=96, height=64, shift=0):
    picture = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            picture.putpixel((x, y), (x * 2 % 256, y * 3 % 256, 90 if (x + shift) // 8 % 2 else 200))
    return picture


def exif(orientation):
    data = Image.Exif()
    data[ExifTags.Base.Make] = SECRET
    data[ExifTags.Base.DateTime] = "2026:01:02 03:04:05"
    data[ExifTags.Base.Orientation] = orientation
    data.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"ASCII\0\0\0" + SECRET.encode()
    gps = data.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return data


def write(folder):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    still, clear = scene(), scene().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(still.size))
    frames = [scene(shift=shift) for shift in (3, 6)]
    moving = {"save_all": True, "append_images": frames, "duration": 90}
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    text.add_text("Comment", SECRET, zip=True)
    text.add_itxt("Description", SECRET)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    for orientation in (1, 3, 6, 8):
        said = {"exif": exif(orientation), "xmp": XMP, "icc_profile": profile, "comment": SECRET}
        for name, options in {"baseline": {}, "progressive": {"progressive": True}, "restarts": {"restart_marker_blocks": 3}}.items():
            still.save(folder / f"{name}-{orientation}.jpg", **said, **options)
        still.convert("L").save(folder / f"grey-{orientation}.jpg", exif=exif(orientation), comment=SECRET)
        still.convert("CMYK").save(folder / f"inks-{orientation}.jpg", exif=exif(orientation), xmp=XMP)
        still.save(folder / f"pictures-{orientation}.jpg", "MPO", save_all=True, append_images=frames, exif=exif(orientation))
        still.save(folder / f"still-{orientation}.png", pnginfo=text, exif=exif(orientation), icc_profile=profile)
        still.save(folder / f"moving-{orientation}.png", pnginfo=text, exif=exif(orientation), **moving)
        clear.save(folder / f"clear-{orientation}.png", pnginfo=text, exif=exif(orientation), dpi=(72, 72))
        clear.save(folder / f"lossy-{orientation}.webp", exif=exif(orientation), xmp=XMP, icc_profile=profile, quality=60)
        clear.save(folder / f"lossless-{orientation}.webp", exif=exif(orientation), xmp=XMP, lossless=True)
        still.save(folder / f"moving-{orientation}.webp", exif=exif(orientation), xmp=XMP, icc_profile=profile, **moving)
    still.quantize(32).save(folder / "still.gif", comment=SECRET)
    still.quantize(32).save(folder / "moving.gif", comment=SECRET, xmp=XMP, loop=0, **moving)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def read(path):
    with Image.open(path) as picture:
        said = dict(picture.getexif())
        places = {name: bool(picture.getexif().get_ifd(ifd)) for name, ifd in {"gps": ExifTags.IFD.GPSInfo, "exif": ExifTags.IFD.Exif, "thumbnail": ExifTags.IFD.IFD1}.items()}
        keys = sorted(picture.info)
        profile = picture.info.get("icc_profile")
        turned = ImageOps.exif_transpose(picture).convert("RGBA")
        # Of several pictures in a JPEG, the first is the picture.
        frames = [picture] if picture.format in ("JPEG", "MPO") else ImageSequence.Iterator(picture)
        pixels = [[digest(frame.convert("RGBA").tobytes()), frame.info.get("duration")] for frame in frames]
        return {
            "tags": {str(tag): str(value) for tag, value in said.items()},
            "places": places,
            "keys": keys,
            "profile": profile and digest(profile),
            "turned": [turned.size, digest(turned.tobytes())],
            "pixels": pixels,
            "loop": picture.info.get("loop"),
        }


if sys.argv[1] == "write":
    write(pathlib.Path(sys.argv[2]))
else:
    for name in sys.argv[2:]:
        print(json.dumps(read(io.BytesIO(pathlib.Path(name).read_bytes()))))
