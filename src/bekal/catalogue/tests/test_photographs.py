"""Photographs: what is taken, what is refused, and that only pixels go on."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bekal.catalogue import photographs
from bekal.catalogue.rules import PictureRefused, widths_of
from bekal.catalogue.tests.photos import (
    a_bomb,
    a_photo,
    a_photo_from_a_telephone,
    opened,
    written,
)

SCRIPT = b"<?php system($_GET['c']); ?><script>alert(1)</script>"


def lightness(content, at) -> int:
    return int(opened(content).convert("L").getpixel(at))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_four_kinds_of_photographs_are_taken(form):
    encoded = photographs.encode(a_photo(form=form))
    assert (encoded.width, encoded.height) == (1280, 960)
    assert list(encoded.files) == [320, 640, 1280]
    for width, content in encoded.files.items():
        image = opened(content)
        assert (image.format, image.size) == ("WEBP", (width, width * 3 // 4))
    assert len(encoded.digest) == 32


def test_a_small_photograph_is_not_made_larger():
    encoded = photographs.encode(a_photo(700, 500))
    assert list(encoded.files) == [320, 640, 700]
    assert widths_of(480) == (320, 480)
    assert widths_of(9000) == (320, 640, 1280)


def test_the_same_photograph_has_the_same_name_and_another_has_another():
    assert photographs.encode(a_photo()) == photographs.encode(a_photo())
    assert photographs.encode(a_photo()).digest != photographs.encode(a_photo(colour="red")).digest


def test_where_and_with_what_it_was_taken_ends_here_and_it_stands_upright():
    sent = a_photo_from_a_telephone()
    assert opened(sent).getexif().get_ifd(0x8825)
    encoded = photographs.encode(sent)
    assert (encoded.width, encoded.height) == (1200, 1600)
    for content in [
        *encoded.files.values(),
        *photographs.encode_avif(encoded.files[1200]).values(),
    ]:
        image = opened(content)
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
        assert b"Telepon" not in content
        assert b"seseorang" not in content
    # The light corner is at the right once it stands upright.
    assert lightness(encoded.files[320], (310, 10)) > 200


def test_avif_is_made_in_the_same_widths():
    encoded = photographs.encode(a_photo(900, 1000))
    files = photographs.encode_avif(encoded.files[900])
    assert list(files) == list(encoded.files)
    assert {opened(content).format for content in files.values()} == {"AVIF"}


def test_what_is_transparent_lies_on_white_and_every_mode_is_read():
    clear = Image.new("RGBA", (600, 600), (255, 0, 0, 0))
    encoded = photographs.encode(written(clear, "PNG"))
    assert lightness(encoded.files[320], (9, 9)) > 250
    for mode in ("L", "P", "1", "LA", "I;16"):
        photographs.encode(written(Image.new(mode, (600, 600)), "PNG"))
    photographs.encode(written(Image.new("CMYK", (600, 600))))


def test_colours_of_another_profile_become_those_of_the_web():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photographs.encode(a_photo(icc_profile=profile))
    photographs.encode(a_photo(icc_profile=b"no profile at all"))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        b"GIF89a" + b"\0" * 2000,
        b"%PDF-1.7" + b"\0" * 2000,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><svg width='900' height='900'/>",
        b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\0" * 400,
        a_photo(form="PNG")[:3000],
        a_photo()[:4000],
        a_photo(form="WEBP")[:200],
        a_photo(form="AVIF")[:300],
        written(Image.new("RGB", (900, 900)), "GIF"),
        written(Image.new("RGB", (900, 900)), "BMP"),
        written(Image.new("RGB", (900, 900)), "TIFF"),
        written(Image.new("RGB", (900, 900)), "ICO", sizes=[(64, 64)]),
    ],
)
def test_what_is_no_photograph_is_refused_with_a_sentence(sent):
    with pytest.raises(PictureRefused, match="bukan foto JPEG, PNG, WebP, atau AVIF yang utuh"):
        photographs.encode(sent)


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert len(a_bomb()) < 60_000
    for side in (20_000, 7_000):
        with pytest.raises(PictureRefused, match="lebih dari 40 megapiksel"):
            photographs.encode(a_bomb(side))


@pytest.mark.parametrize(
    ("width", "height", "word"),
    [(479, 900, "terlalu kecil"), (900, 400, "terlalu kecil"), (5000, 800, "terlalu panjang")],
)
def test_a_photograph_of_an_odd_size_is_refused(width, height, word):
    with pytest.raises(PictureRefused, match=word):
        photographs.encode(a_photo(width, height))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_photograph_does_not_go_on(form):
    encoded = photographs.encode(a_photo(form=form) + SCRIPT)
    commented = photographs.encode(a_photo(comment=SCRIPT))
    for content in (*encoded.files.values(), *commented.files.values()):
        assert b"php" not in content
        assert b"script" not in content


# Pillow warns of odd EXIF; people see no warnings.
@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]), st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused_and_breaks_nothing(form, seed):
    dice = random.Random(seed)
    sent = bytearray(a_photo(520, 500, form=form))
    for _ in range(dice.randint(1, 30)):
        sent[dice.randrange(dice.choice([400, len(sent)]))] = dice.randrange(256)
    if dice.random() < 0.2:
        del sent[dice.randrange(len(sent) // 2, len(sent)) :]
    try:
        photographs.encode(bytes(sent))
    except PictureRefused:
        return
