"""An adviser's picture becomes a small round one that any mail program may fetch."""

import io

import pytest
from PIL import Image

from sitegen.errors import Mistakes
from sitegen.model.project import Asset
from sitegen.render.mail.portraits import SHOWN, portrait_addresses, portrait_files
from tests.render.mail_shop import SHOP, SITE


def picture(size: tuple[int, int], kind: str = "PNG", rotated: int = 1) -> bytes:
    """Red above, blue below."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = rotated
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()


def assets(**pictures: bytes) -> dict[str, Asset]:
    found = (Asset(f"advisers/{name}.png", content) for name, content in pictures.items())
    return {asset.path: asset for asset in (*found, Asset("cloth.png", picture((9, 9))))}


def test_a_portrait_is_round_and_twice_as_sharp_as_it_is_shown() -> None:
    (content,) = portrait_files(assets(wiebke=picture((900, 500)))).values()

    with Image.open(io.BytesIO(content)) as image:
        side = 2 * SHOWN
        assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (side, side))
        clear = image.getchannel("A")
        assert [clear.getpixel(corner) for corner in ((0, 0), (side - 1, 0), (0, side - 1))] == [0, 0, 0]
        assert image.getpixel((SHOWN, 9)) == (255, 0, 0, 255)
        assert image.getpixel((SHOWN, side - 9)) == (0, 0, 255, 255)


def test_a_camera_that_was_held_sideways_is_believed() -> None:
    (content,) = portrait_files(assets(emre=picture((400, 400), "JPEG", rotated=3))).values()

    with Image.open(io.BytesIO(content)) as image:
        above, below = (image.convert("RGB").getpixel((SHOWN, y)) for y in (9, 2 * SHOWN - 9))
    # JPEG keeps colours only nearly.
    assert (above, below) == ((0, 0, 254), (254, 0, 0))


def test_the_address_is_that_of_the_file_and_tells_nothing_of_the_person() -> None:
    shown = assets(wiebke=picture((300, 300)), emre=picture((200, 300)))

    addresses = portrait_addresses(shown, SHOP)

    assert sorted(addresses) == ["advisers/emre.png", "advisers/wiebke.png"]
    assert {f"{SITE}/{path}" for path in portrait_files(shown)} == set(addresses.values())
    assert not any("wiebke" in address for address in addresses.values())
    assert portrait_files(shown) == portrait_files(dict(reversed(shown.items())))


def test_what_is_no_picture_is_told_with_its_place() -> None:
    wrong = assets(torn=picture((300, 300))[:200], drawn=b"<svg xmlns='http://www.w3.org/2000/svg'/>", empty=b"")

    with pytest.raises(Mistakes) as caught:
        portrait_files(wrong)

    assert [(problem.file, problem.message, problem.hint) for problem in caught.value.problems] == [
        (
            f"content/assets/advisers/{name}.png",
            f"'advisers/{name}.png' can't be made a portrait",
            "save the adviser's picture as JPEG or PNG",
        )
        for name in ("drawn", "empty", "torn")
    ]
