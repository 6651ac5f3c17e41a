"""Checks how rendered rooms are drawn and developed, on rooms made of a few lines.

    python check_rendered.py
"""

import tempfile
from pathlib import Path

import cv2
import numpy as np

from develop_rooms import developed, guided_filter
from scenes.rendered import LOOK, Rendered, displaced, towards_nearer

SIDE = 96


class Chosen:
    """Random numbers that are chosen: `random` gives the next of them, every field is 1 all over."""

    def __init__(self, *values: float) -> None:
        self.values = list(values)

    def random(self) -> float:
        return self.values.pop(0)

    def integers(self, low: int, high: int) -> int:
        return low

    def normal(self, mean: float, deviation: float, shape: tuple) -> np.ndarray:
        return np.ones(shape)


def disc(radius: float) -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    return np.where(np.hypot(y, x) < radius, 200, 50).astype(np.uint8)


def read_at(disparity: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    return cv2.remap(disparity, np.float32(x), np.float32(y), cv2.INTER_NEAREST)


def vectors_point_to_the_near_side() -> None:
    y, x = towards_nearer(disc(30))
    middle = SIDE // 2
    assert x[middle, middle - 30] > 0.99 and x[middle, middle + 30] < -0.99 and abs(y[middle, middle - 30]) < 0.1
    assert y[middle - 30, middle] > 0.99
    assert not y[middle, middle] and not x[0, 0]


def growth_widens_near_things_by_its_pixels() -> None:
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    for largest in (1.0, 2.0):
        grown = read_at(disc(30), *displaced(Chosen(0.9, 0.1), y, x, disc(30), largest))
        area = (grown == 200).sum() / np.pi
        assert abs(np.sqrt(area) - 30 - largest) < 0.3, (largest, np.sqrt(area))


def nothing_is_displaced_by_nothing() -> None:
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    same = displaced(np.random.default_rng(1), y, x, disc(30), 0)
    assert np.array_equal(same, (y, x))


def windows_keep_picture_and_depth_together(folder: Path) -> None:
    disparity = cv2.resize(disc(30), (512, 512), interpolation=cv2.INTER_NEAREST)
    cv2.imwrite(str(folder / "room.jpg"), np.repeat(disparity[..., None], 3, 2), [cv2.IMWRITE_JPEG_QUALITY, 100])
    cv2.imwrite(str(folder / "room.png"), disparity)
    for seed in range(20):
        picture, depth = Rendered(folder).draw(np.random.default_rng(seed), 448, 0)
        assert picture.shape == (448, 448, 3) and 8 <= depth.min() < depth.max() <= 250
        agrees = (picture[..., 0] > 125) == (depth > (depth.min() + depth.max()) / 2)
        assert agrees.mean() > 0.998, (seed, agrees.mean())


def rooms_that_are_added_are_found(folder: Path) -> None:
    def add(name: str, level: int) -> None:
        cv2.imwrite(str(folder / f"{name}.jpg"), np.full((512, 512, 3), level, np.uint8))
        cv2.imwrite(str(folder / f"{name}.png"), cv2.resize(disc(30), (512, 512)))

    add("first", 50)
    rendered = Rendered(folder)
    add("second", 200)
    levels = lambda count: {int(rendered.draw(np.random.default_rng(n), 448, 0)[0].mean()) for n in range(count)}
    assert levels(LOOK - 1) == {50}
    assert levels(20) == {50, 200}


def the_guided_filter_is_that_of_its_equations() -> None:
    """Window by window: a line through the guidance's colours for every window, and the mean of the lines that a pixel lies in."""
    rng, radius, epsilon = np.random.default_rng(2), 2, 0.01
    guidance, image = rng.random((9, 11, 3)), rng.random((9, 11, 2))
    wide = lambda a, margin: np.pad(a, ((margin, margin), (margin, margin), (0, 0)), mode="symmetric")
    windows = lambda a, y, x: a[y : y + 2 * radius + 1, x : x + 2 * radius + 1].reshape(-1, a.shape[2])
    lines = np.empty((9, 11, 4, 2))
    for y, x in np.ndindex(9, 11):
        i, p = windows(wide(guidance, radius), y, x), windows(wide(image, radius), y, x)
        slope = np.linalg.solve(np.cov(i.T, bias=True) + epsilon * np.eye(3), (i - i.mean(0)).T @ p / len(i))
        lines[y, x] = np.vstack([slope, p.mean(0) - i.mean(0) @ slope])
    flat = wide(lines.reshape(9, 11, 8), radius)
    expected = np.empty((9, 11, 2))
    for y, x in np.ndindex(9, 11):
        mean = windows(flat, y, x).mean(0).reshape(4, 2)
        expected[y, x] = guidance[y, x] @ mean[:3] + mean[3]
    assert np.abs(guided_filter(guidance, image, radius, epsilon) - expected).max() < 1e-6


def a_pack_without_rooms_is_named(folder: Path) -> None:
    try:
        Rendered(folder / "none").draw(np.random.default_rng(1), 448, 0)
    except ValueError as error:
        assert "render_rooms.py" in str(error)
    else:
        raise AssertionError("drawn from nothing")


def what_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "image.npy").write_bytes(b"nothing")
    try:
        developed(folder)
    except ValueError as error:
        assert "image.npy" in str(error) and "render this room again" in str(error)
    else:
        raise AssertionError("developed from nothing")


def light_is_smoothed_and_colours_are_kept(folder: Path) -> None:
    """A noisy light of 0.5 on stripes of two colours, on a wall that faces the camera; distances 2 and 4 metres."""
    rng, write = np.random.default_rng(1), lambda name, values: np.save(folder / f"{name}.npy", np.float32(values))
    colour = np.where((np.arange(SIDE) // 4 % 2)[None, :, None] == 0, 0.2, 0.6) * np.ones((SIDE, SIDE, 3))
    distance = np.where(np.arange(SIDE)[:, None] < SIDE // 2, 2.0, 4.0) * np.ones((SIDE, SIDE))
    write("image", colour * 0.5 * (1 + 0.2 * rng.standard_normal((SIDE, SIDE, 1))))
    write("colour", colour)
    write("normal", np.ones((SIDE, SIDE, 3)) * (0, -1, 0))
    write("mist", np.repeat(distance[..., None] / 20, 3, 2))
    write("depth", np.repeat(distance[..., None], 3, 2))
    picture, disparity = developed(folder)
    assert set(np.unique(disparity)) == {0, 255} and (disparity[0] == 255).all()
    for columns in (slice(0, SIDE, 8), slice(4, SIDE, 8)):
        assert picture[:, columns].std() < 8, picture[:, columns].std()  # 0.2 of the light would be 20 levels and more
    assert picture[:, 4::8].mean() - picture[:, ::8].mean() > 60


def main() -> None:
    checks = [vectors_point_to_the_near_side, growth_widens_near_things_by_its_pixels, nothing_is_displaced_by_nothing]
    checks += [the_guided_filter_is_that_of_its_equations]
    in_folder = [windows_keep_picture_and_depth_together, rooms_that_are_added_are_found, a_pack_without_rooms_is_named]
    in_folder += [what_cannot_be_read_is_named, light_is_smoothed_and_colours_are_kept]
    for check in [*checks, *in_folder]:
        with tempfile.TemporaryDirectory() as folder:
            check(*([Path(folder)] if check in in_folder else []))
        print(check.__name__.replace("_", " "))


if __name__ == "__main__":
    main()
