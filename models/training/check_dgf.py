"""Checks of the deep guided filter: gradients against differences, layers against slow definitions, folding against the
network in training; a failed one ends the run.

    python check_dgf.py
"""

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn.utils.stateless import functional_call

from dgf.config import VARIANTS, DgfConfig
from dgf.folded import Folded, folded
from dgf.layer import ConvolutionalLayer, DilatedMean, GuidedLayer
from dgf.network import Dgf
from dgf.sampling import area_matrix, bilinear_matrix, enlarged, overview_size, places, reduced


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
    image, mean = pictures(2, 3, 9, 8), DilatedMean(3, 2)
    places = [(dy, dx) for dy in (-2, 0, 2) for dx in (-2, 0, 2)]
    expected = torch.zeros_like(image)
    for dy, dx in places:
        rows, columns = (torch.arange(9) + dy).clamp(0, 8), (torch.arange(8) + dx).clamp(0, 7)
        expected += image[:, :, rows][..., columns] / 9
    assert torch.allclose(mean(image), expected, atol=1e-6)
    constant = torch.full((1, 3, 5, 5), 0.7)
    assert torch.allclose(shuffled(mean)(constant), constant, atol=1e-6)


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


@torch.no_grad()
def check_folding() -> None:
    for variant in VARIANTS:
        network = shuffled(Dgf(DgfConfig(variant=variant, dilations=(1, 2), epsilon=1e-4))).eval()
        same = Folded(network.config, folded(network))
        picture = pictures(1, 3, 24, 30)
        if variant == "can":
            assert torch.allclose(network.network(picture), same.network(picture), atol=1e-5), variant
            continue
        coefficients = network.coefficients(picture)
        assert torch.allclose(coefficients, same.coefficients(picture), rtol=1e-3, atol=1e-4), variant
        assert torch.allclose(network.applied(coefficients, picture), same.applied(coefficients, picture), atol=1e-5)


def main() -> None:
    for check in (check_gradients, check_guided_layer, check_dilated_mean, check_sampling, check_folding):
        check()
        print(check.__name__)


if __name__ == "__main__":
    main()
