"""Checks of the deep guided filter: gradients against differences, layers against slow definitions, folding against the
network in training; a failed one ends the run.

    python check_dgf.py
"""

import tempfile
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn.utils.stateless import functional_call

from dgf.beginning import fitting
from dgf.config import VARIANTS, DgfConfig, DgfTraining
from dgf.folded import Folded, folded
from dgf.layer import ConvolutionalLayer, DilatedMean, GuidedLayer, differences
from dgf.network import Dgf, with_planes
from dgf.pairs import Pair
from dgf.pool import DRAWS, PairPool, spread_lines
from dgf.sampling import area_matrix, bilinear_matrix, enlarged, overview_size, places, reduced
from dgf.small import small_copies
from dgf.texture import LAGS, PLANES, SCALE, texture
from dgf.trainer import DgfTrainer
from dgf_shrink import shrunk
from operators.auto_retouch import auto_retouch
from operators.haze_removal import remove_haze


def shuffled(module: nn.Module) -> nn.Module:
    """Weights and statistics off their beginnings, so that nothing is idle."""
    generator = torch.Generator().manual_seed(5)
    noise = lambda tensor: torch.randn(tensor.shape, generator=generator).to(tensor)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 0.1 * noise(parameter)
        for name, buffer in module.named_buffers():
            if "mean" in name:
                buffer += 0.1 * noise(buffer)
            elif "var" in name:
                buffer *= (0.3 * noise(buffer)).exp()
    return module


def pictures(*shape: int) -> torch.Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(3))


def check_gradients() -> None:
    """Of both layers by both inputs and by their parameters, in double precision."""
    guidance, output = (pictures(1, 3, 4, 5).double().requires_grad_() for _ in range(2))
    with torch.no_grad():
        output += guidance.flip(-1)
    config = DgfConfig(epsilon=1e-2, model_channels=4)
    for layer in (GuidedLayer(config), shuffled(ConvolutionalLayer(config)).eval()):
        layer = layer.double()
        assert torch.autograd.gradcheck(lambda g, o: layer(g, o), (guidance, output)), layer
        names = [name for name, _ in layer.named_parameters()]
        values = tuple(value.detach().requires_grad_() for _, value in layer.named_parameters())
        by_parameters = lambda *given: functional_call(
            layer, dict(zip(names, given)), (guidance.detach(), output.detach())
        )
        assert not names or torch.autograd.gradcheck(by_parameters, values), layer


def check_guided_layer() -> None:
    """Against equation 1, solved by least squares in every window of a picture whose border is repeated."""
    guidance, output = pictures(1, 1, 6, 7), pictures(1, 1, 6, 7).square()
    slope, offset = GuidedLayer(DgfConfig(epsilon=1e-3))(guidance, output)
    padded = [np.pad(image[0, 0].double().numpy(), 1, mode="edge") for image in (guidance, output)]
    for y in range(6):
        for x in range(7):
            g, o = (image[y : y + 3, x : x + 3].ravel() for image in padded)
            # Minimises sum((a g + b - o)^2) + 9 epsilon a^2.
            rows = np.stack([g, np.ones(9)], 1)
            normal = rows.T @ rows + np.diag([9 * 1e-3, 0])
            a, b = np.linalg.solve(normal, rows.T @ o)
            assert abs(a - float(slope[0, 0, y, x])) < 1e-3 and abs(b - float(offset[0, 0, y, x])) < 1e-3, (y, x)


def check_dilated_mean() -> None:
    """Begins as the mean of nine samples, and its weights add up to one whatever they become."""
    image, mean = pictures(2, 3, 9, 8), DilatedMean(3)
    of_windows = lambda picture: picture + mean(differences(picture, 2, 2))
    places = [(dy, dx) for dy in (-2, 0, 2) for dx in (-2, 0, 2)]
    expected = torch.zeros_like(image)
    for dy, dx in places:
        rows, columns = (torch.arange(9) + dy).clamp(0, 8), (torch.arange(8) + dx).clamp(0, 7)
        expected += image[:, :, rows][..., columns] / 9
    assert torch.allclose(of_windows(image), expected, atol=1e-6)
    constant = torch.full((1, 3, 5, 5), 0.7)
    shuffled(mean)
    assert torch.allclose(of_windows(constant), constant, atol=1e-6)
    bright = of_windows(image + 0.5)
    assert torch.allclose(bright, of_windows(image) + 0.5, atol=1e-6)


def check_sampling() -> None:
    """Area means as OpenCV's, bilinear interpolation as PyTorch's, also of a part."""
    picture = pictures(1, 3, 50, 77)
    expected = cv2.resize(picture[0].permute(1, 2, 0).numpy(), (20, 13), interpolation=cv2.INTER_AREA)
    assert np.abs(reduced(picture, 13, 20)[0].permute(1, 2, 0).numpy() - expected).max() < 1e-5
    assert torch.allclose(area_matrix(7, 7), torch.eye(7))
    assert overview_size(4000, 6000, 64) == (64, 96) and overview_size(30, 50, 64) == (30, 50)
    small = pictures(1, 2, 6, 9)
    whole = nn.functional.interpolate(small, size=(40, 50), mode="bilinear", align_corners=False)
    part = bilinear_matrix(6, 11, 20, 40) @ small @ bilinear_matrix(9, 33, 17, 50).T
    assert torch.allclose(part, whole[..., 11:31, 33:50], atol=1e-5)
    part = enlarged(small, places(6, 11, 20, 40)[None], places(9, 33, 17, 50)[None])
    assert torch.allclose(part, whole[..., 11:31, 33:50], atol=1e-5)
    line = enlarged(small[..., :1, :1], places(1, 0, 4, 9)[None], places(1, 3, 2, 9)[None])
    assert torch.allclose(line, small[..., :1, :1].expand(-1, -1, 4, 2))


def check_texture() -> None:
    """Against its definition, pixel by pixel, where the small copy's pixels hold whole ones; nothing of an even picture."""
    picture = pictures(1, 3, 12, 18)
    found = texture(picture, 3, 6)[0].numpy() / SCALE
    image = picture[0].double().numpy()
    for y in range(3):
        for x in range(6):
            rows, columns = range(4 * y, 4 * y + 4), range(3 * x, 3 * x + 3)
            cell = image[:, rows][:, :, columns]
            expected = [np.mean((cell - cell.mean((1, 2), keepdims=True)) ** 2)]
            for lag in LAGS:
                before = lambda v, u: np.stack([image[:, v, max(u - lag, 0)], image[:, max(v - lag, 0), u]])
                expected.append(np.mean([(image[:, v, u] - before(v, u)) ** 2 for v in rows for u in columns]))
            assert np.allclose(found[:, y, x], np.sqrt(expected), atol=1e-6)
    assert texture(torch.full((1, 3, 9, 9), 0.3), 4, 4).max() < 1e-6


@torch.no_grad()
def check_draft() -> None:
    """It is what the operator makes of the larger copy, reduced with that; the same from the picture and from that copy."""
    picture, none, config = pictures(2, 3, 48, 72), torch.zeros(2, 0), DgfConfig(draft=24)
    small = small_copies(picture, 12, config, "auto-retouch", none)
    larger = reduced(picture, 24, 36)
    assert torch.allclose(small[:, :3], reduced(larger, 12, 18)) and torch.equal(small[:, 3:], reduced(auto_retouch(larger), 12, 18))
    assert torch.allclose(small, small_copies(larger, 12, config, "auto-retouch", none), atol=1e-6)
    assert torch.equal(small_copies(picture, 12, DgfConfig(), "auto-retouch", none), reduced(picture, 12, 18))
    textured = small_copies(picture, 12, DgfConfig(draft=24, texture=PLANES), "auto-retouch", none)
    assert torch.equal(textured[:, [0, 1, 2, 6, 7, 8]], small) and torch.equal(textured[:, 3:6], reduced(texture(picture, 24, 36), 12, 18))
    pale = 0.4 + 0.05 * picture  # neighbours differ by no more than counts as flat
    larger, draft = reduced(pale, 24, 36), small_copies(pale, 24, config, "haze-removal", none)[:, 3:]
    assert torch.equal(draft, remove_haze(larger, flatness=0.02)) and (draft - remove_haze(larger)).abs().max() > 1e-3
    wide = DgfConfig(draft=24, overview=36, texture=PLANES)
    for operator, made in (("auto-retouch", auto_retouch), ("haze-removal", partial(remove_haze, flatness=0.02))):
        seen, given = reduced(pale, 36, 54), small_copies(pale, 12, wide, operator, none)
        own = reduced(seen, 24, 36)
        expected = torch.cat([own, reduced(texture(pale, 36, 54), 24, 36), made(own, larger=seen)], 1)
        assert torch.equal(given, reduced(expected, 12, 18)) and (made(own, larger=seen) - made(own)).abs().max() > 1e-4
        assert torch.equal(made(own, larger=own), made(own))
    pairs = [Pair("", (255 * image).to(torch.uint8), (255 * image).to(torch.uint8), np.zeros(0)) for image in picture]
    pooled = PairPool(pairs, "auto-retouch").small((2, 3), 12, config)[0]
    assert pooled.shape == (2, 6, 12, 18) and (pooled - small).abs().max() < 0.02  # of eight bits
    assert PairPool(pairs, "auto-retouch").small((2, 3), 12, DgfConfig(draft=24, texture=PLANES))[0].shape == (2, 9, 12, 18)
    # Pictures smaller than the overview have none beside them.
    pairs = [Pair("", (255 * image).to(torch.uint8), image, np.zeros(0)) for image in (*picture, *reduced(picture, 30, 45))]
    pooled = PairPool(pairs, "auto-retouch").drafted((2, 3), wide)
    alone = [small_copies(pair.picture[None].float() / 255, 24, wide, "auto-retouch", none[:1]) for pair in pairs]
    assert torch.allclose(pooled, torch.cat(alone), atol=1e-6)


def begun_from(before: Dgf, after: Dgf) -> Dgf:
    own = after.state_dict()
    after.load_state_dict({**own, **fitting(before.state_dict(), own, before.config, after.config)})
    return after.eval()


@torch.no_grad()
def check_telling_more() -> None:
    """A state that was told nothing is the same network where it is told the texture, until it learns. One that is told a draft, by
    whatever it was before, begins with the draft, and its linear model with the classical layer's slopes."""
    condition = torch.tensor([[0.7]])
    for variant in ("s", "cb", "c"):
        config = lambda **more: DgfConfig(variant=variant, conditions=1, dilations=(1, 2), **more)
        before = shuffled(Dgf(config())).eval()
        after, small = begun_from(before, Dgf(config(texture=PLANES))), pictures(1, 3 + PLANES, 12, 14)
        assert torch.allclose(before.coefficients(small[:, :3], condition), after.coefficients(small, condition), atol=1e-5), variant
        drafting = begun_from(shuffled(after), Dgf(config(draft=24, classical=1e-9)))
        assert torch.equal(drafting.output(small, condition), small[:, 3:]), variant
        beside = pictures(1, 6, 12, 14)
        beside[:, :3] = small[:, :3]
        hidden = [drafting.network[0](with_planes(given, condition)) for given in (small, beside)]
        assert torch.equal(*hidden), variant
        assert torch.equal(drafting.guidance(small[:, :3]), small[:, :3]), variant
    guidance, draft = pictures(1, 3, 12, 14), pictures(1, 3, 12, 14).square()
    layer = ConvolutionalLayer(DgfConfig(draft=24, classical=1e-9)).eval()
    expected = GuidedLayer(DgfConfig(epsilon=1e-9))(guidance, draft)
    found = layer(guidance, draft, pictures(1, 3, 12, 14))
    assert all(torch.allclose(one, other, atol=1e-3) for one, other in zip(found, expected))


def check_windows() -> None:
    """A batch is the windows that its draws name, mirrored with their copies, and what lies at their places in the copies."""
    size, crop, side = (64, 96), 24, 32
    images = [(255 * pictures(2, 3, *size)[i]).to(torch.uint8) for i in range(2)]
    pairs = [Pair("", image, 255 - image, np.array([value])) for image, value in zip(images, (0.005, 0.08))]
    draws = torch.tensor([[0.1, 0.2, 0.9, 0.9, 0.9], [0.6, 0.5, 0.0, 0.1, 0.1]])
    batch = PairPool(pairs, "l0-smoothing").batch((2, 3), side, crop, draws, reach=4)
    assert batch.condition.flatten().tolist() == [0.0, 1.0]
    corners = ((0, 72), (20, 0))
    for number, (y, x) in enumerate(corners):
        window = images[number][:, y : y + crop, x : x + crop].float() / 255
        window = window.flip(-1, -2) if number else window
        assert torch.equal(batch.picture[number], window) and torch.allclose(batch.target[number], 1 - window)
    # A picture whose values grow linearly along both sides is found at its places, also where it is mirrored.
    ramp = lambda whole, length: (torch.arange(length).double() + 0.5) * (whole / length) - 0.5
    for axis, (places_, copy) in enumerate(((batch.rows, 32), (batch.columns, 48))):
        line = ramp(size[axis], copy)
        for number in range(2):
            values = line.flip(0) if number else line
            begin = corners[number][axis]
            expected = torch.arange(begin, begin + crop).double()
            expected = expected.flip(0) if number else expected
            found = torch.from_numpy(np.interp(places_[number].numpy(), np.arange(copy), values.numpy()))
            assert torch.allclose(found, expected.clamp(line[0], line[-1]))
    seen = batch.seen[0, 0]
    assert seen[0, 4:].all() and not seen[-1].any() and not seen[10, :4].any() and seen[10, -1]


def check_spread_lines() -> None:
    """Lines from all over the pictures, in order, and their places in copies that are mirrored with them."""
    images = [(255 * pictures(2, 3, 64, 96)[i]).to(torch.uint8) for i in range(2)]
    pool = PairPool([Pair("", image, 255 - image, np.zeros(0)) for image in images], "haze-removal")
    draws = torch.tensor([[0.1, 0.2, 0.9, 0.9, 0.9], [0.6, 0.5, 0.0, 0.1, 0.1]])
    batch = pool.batch((2, 3), 32, 24, draws, spread=True)
    lines = lambda draw, length: np.floor((np.arange(24) + draw) * length / 24).astype(int)
    for number, (down, across) in enumerate(((0.2, 0.9), (0.5, 0.0))):
        y, x = lines(np.float32(down), 64), lines(np.float32(across), 96)
        expected = images[number][:, y][:, :, x].float() / 255
        assert torch.equal(batch.picture[number], expected.flip(-1, -2) if number else expected)
        place = np.clip((y + 0.5) / 2 - 0.5, 0, 31)
        assert np.allclose(batch.rows[number].numpy(), 31 - place[::-1] if number else place)
    counts = np.zeros(77, int)
    for draw in np.linspace(0, 1, 385, endpoint=False):
        found = spread_lines(torch.tensor([draw]), torch.tensor([77]), 20, torch.tensor([False]))[0]
        assert len(set(found.tolist())) == 20
        counts[found] += 1
    assert np.abs(counts - 100).max() <= 1, counts


def check_layer_first() -> None:
    """Until its time comes the network rests, and learns afterwards."""
    images = [(255 * pictures(4, 3, 64, 96)[i]).to(torch.uint8) for i in range(4)]
    pool = PairPool([Pair("", image, 255 - image, np.zeros(0)) for image in images], "haze-removal")
    training = DgfTraining(
        operator="haze-removal", side=32, batch=2, crop=24, pixels="spread", layer_first=0.5,
        network=DgfConfig(variant="c", channels=4, dilations=(1, 1)),
    )
    trainer = DgfTrainer(training, pool, [], torch.rand(8, 2, DRAWS))
    parts = lambda: [torch.cat([p.detach().flatten() for p in part.parameters()]) for part in (trainer.network.network, trainer.network.layer)]
    network, layer = parts()
    trainer.advance(0.4, (2, 3))
    assert torch.equal(network, parts()[0]) and not torch.equal(layer, parts()[1])
    trainer.advance(0.6, (2, 3))
    assert not torch.equal(network, parts()[0])


def check_going_on() -> None:
    """The network of one state behind the layer of another: the layer alone learns, and no statistics change."""
    images = [(255 * pictures(4, 3, 64, 96)[i]).to(torch.uint8) for i in range(4)]
    pool = PairPool([Pair("", image, 255 - image, np.zeros(0)) for image in images], "haze-removal")
    config = lambda variant: DgfConfig(variant=variant, channels=4, dilations=(1, 1))
    own, other = (shuffled(Dgf(config(variant))) for variant in ("c", "s"))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("own.pt", "other.pt")]
        for path, network in zip(paths, (own, other)):
            stage = dict(settings=DgfTraining(network=network.config).record())
            torch.save(dict(ema=network.state_dict(), stages=[stage]), path)
        training = DgfTraining(
            operator="haze-removal", side=32, batch=2, crop=24, statistics="kept", learns="layer", small=0.5, network=config("c")
        )
        trainer = DgfTrainer(training, pool, [], torch.rand(8, 2, 5))
        trainer.start_from(paths)
    for _ in range(3):
        trainer.advance(0.5, (2, 3))
    learned, other = trainer.network.state_dict(), other.state_dict()
    for name, begun in own.state_dict().items():
        stays = "running" in name or "batches" in name
        if name.startswith("network."):
            assert torch.equal(learned[name], other[name]), name
        elif stays:
            assert torch.equal(learned[name], begun), name
        else:
            assert not torch.equal(learned[name], begun), name


@torch.no_grad()
def check_shrinking() -> None:
    """Nothing of what was learned leaves the draft and the classical layer, all of it the network; half of it lies between."""
    small, config = pictures(1, 6, 12, 14), DgfConfig(draft=24, classical=1e-4, dilations=(1, 2))
    network, plain = shuffled(Dgf(config)).eval(), Dgf(config).eval()
    at = {}
    for share in (0, 0.5, 1):
        plain.load_state_dict(shrunk(network.state_dict(), share))
        at[share] = plain.output(small, torch.zeros(1, 0)), plain.guidance(small[:, :3])
    assert all(torch.equal(*both) for both in zip(at[0], (small[:, 3:], small[:, :3])))
    assert torch.equal(at[1][0], network.output(small, torch.zeros(1, 0)))
    assert all(torch.allclose(half, (none + all_of_it) / 2, atol=1e-6) for none, half, all_of_it in zip(*at.values()))


@torch.no_grad()
def check_folding() -> None:
    for variant in VARIANTS:
        told = () if variant == "can" else (dict(conditions=1, texture=PLANES), dict(draft=24, classical=1e-3))
        for more in (dict(), dict(conditions=2), dict(context=5), *told):
            config = DgfConfig(variant=variant, dilations=(1, 2, 1), epsilon=1e-4, **more)
            check_folded(shuffled(Dgf(config)).eval())


def check_folded(network: Dgf) -> None:
    variant, same = network.config.variant, Folded(network.config, folded(network))
    picture, condition = pictures(1, 3, 24, 30), torch.tensor([[0.3, 0.9][: network.config.conditions]])
    small = torch.cat([picture, pictures(1, network.config.planes - network.config.conditions, 24, 30)], 1)
    assert torch.allclose(network.output(small, condition), same.output(small, condition), atol=1e-5), variant
    if variant != "can":
        coefficients = network.coefficients(small, condition)
        assert torch.allclose(coefficients, same.coefficients(small, condition), rtol=1e-3, atol=1e-4), variant
        assert torch.allclose(network.applied(coefficients, picture), same.applied(coefficients, picture), atol=1e-5)


def main() -> None:
    for check in (
        check_gradients, check_guided_layer, check_dilated_mean, check_sampling, check_texture, check_draft, check_telling_more,
        check_windows, check_spread_lines, check_layer_first, check_going_on, check_shrinking, check_folding,
    ):
        check()
        print(check.__name__)


if __name__ == "__main__":
    main()
