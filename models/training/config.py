"""Settings of the network, the scenes and the training; every record stores them whole."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class NetworkConfig:
    """DAGF: m levels, k x k kernels, feature channels (paper: 3, 3, 32) and residual blocks per level (3).

    `stride` 2 is for the fast networks: the finest features have half the size, and every output is brought to its size by a
    pixel shuffle at the end. The other switches are for ablations (paper, section V). Heights and widths are multiples of
    2^levels stride.
    """

    levels: int = 3
    kernel: int = 3  # odd
    channels: int = 32
    blocks: int = 3
    source: str = "both"  # kernels are made from the "target", the "guidance" or "both"
    combination: str = "akl"  # of both kernels: "akl" (equation 14), "mul" (product) or "sum"
    stride: int = 1  # 1 or 2
    extra_blocks: int = 0  # residual blocks beyond `blocks`, dealt to the levels one by one from the coarsest on
    detail: int = 1  # pixels of guidance for every target pixel along both sides
    noisy: int = 0  # 1: the target's features are made of the cleaned target and, beside it, of the noisy one

    def __post_init__(self) -> None:
        if self.kernel % 2 == 0:
            raise ValueError(f"kernel: {self.kernel} is even; choose 1, 3, 5 or 7")
        for name, known in (("source", ("both", "target", "guidance")), ("combination", ("akl", "mul", "sum"))):
            if getattr(self, name) not in known:
                raise ValueError(f"{name}: {getattr(self, name)!r} is none of {known}")
        if self.noisy and self.source == "guidance":
            raise ValueError("noisy: no features are made of the target")

    @property
    def multiple(self) -> int:
        """Heights and widths are multiples of this: every level halves, and so does the coarsest one's attention."""
        return 2**self.levels * self.stride

    def blocks_of(self, level: int) -> int:
        """Residual blocks of a level, counted from the coarsest."""
        return self.blocks + self.extra_blocks // self.levels + (level < self.extra_blocks % self.levels)


@dataclass(frozen=True)
class SceneConfig:
    """What the generated scenes are made of; probabilities unless a unit is named."""

    size: int = 448  # side of a generated scene in pixels; training crops are cut from it
    photo_base: float = 0.65  # the whole scene is a photograph whose segments get their own depth
    rendered: float = 0.0  # the scene is a rendered room of the pack's folder `rendered`, whatever the others say
    rendered_objects: float = 0.5  # further objects lie before such a room
    segment_object: float = 0.45  # an object is cut out of a photograph along its real edges
    group: float = 0.35  # an object is a group: fence, lattice, books, leaves, sticks
    objects: tuple = (6, 60)  # fewest and most layers; as many as cover the scene about once
    shared: float = 0.25  # a surface of such a scene lies in the background's depth: edges in the guidance only
    turned: float = 0.0  # a photograph or segment is laid at any angle, photographs at 0.7 to 2.2 pixels a pixel
    toned: float = 0.0  # its colours are exchanged and mixed, its contrast is changed more
    thin: float = 0.0  # an object is of wires or has slits, 1 to 3 pixels wide
    extent: tuple = (12.0, 420.0)  # smallest and largest object in pixels; every scene draws its own largest
    camouflage: float = 0.12  # an object wears the texture behind it: its edge is nearly invisible
    gap: float = 0.08  # a shape is a hole instead of an object
    shadow: float = 0.45  # an object casts a shadow: an edge in the guidance only
    decal: float = 0.5  # pictures, stripes and letters on surfaces: edges in the guidance only
    misalignment: float = 0.6  # largest displacement of depth edges, pixels (standard deviation 0.5 of it)
    displaced: float = 0.0  # largest displacement and growth of a whole object's outline in the depth, pixels
    fattening: float = 0.1  # objects grow by one pixel in the depth
    unknown: float = 0.35  # half-occluded and speckled pixels are unknown (filled, and left out of the loss)
    blur: tuple = (0.0, 0.7)  # Gaussian blur of the guidance, pixels
    noise: tuple = (0.0, 5.0)  # Gaussian noise of the guidance, 8-bit levels
    correlated: float = 1.1  # widest correlation of a denoising target's noise, standard deviation in pixels
    quantised: float = 0.75  # disparities are whole multiples of 1 to 4 levels


@dataclass(frozen=True)
class LossConfig:
    """Weights of the loss terms; `multistage` decays from its value to `multistage_floor`."""

    l1: float = 0.25
    rmse: float = 1.0  # root of the mean square error of every crop
    boundary: float = 0.0  # omega_2 of the paper, which gives it as 10 and as 0.001
    multistage: float = 1.0  # omega_3 of the paper
    multistage_floor: float = 0.1
    stages: str = "reduced"  # coarser outputs against the "reduced" truth, or "enlarged" to full size (equation 23)


@dataclass(frozen=True)
class TrainConfig:
    name: str = "dagf-x8-bicubic"
    factors: tuple = (8,)
    degradation: str = "bicubic"  # a name in degrade.py: a degradation or a mixture
    begin: str = ""  # of a folder of `--initial` it starts from the model of this name; from its own if not named
    denoised_by: str = ""  # model of degradation "low-noise" that cleans its targets before they are enlarged
    compiled: int = 1  # 0: small batches, whose compilation takes longer than it saves
    seed: int = 1
    batch: int = 16
    crop: int = 256
    seconds: float = 560.0  # wall clock of the optimisation, compilation included
    optimizer: str = "adamw"  # or "muon" (muon.py)
    learning_rate: float = 8e-4
    final_learning_rate: float = 4e-6
    warmup_steps: int = 300
    weight_decay: float = 1e-4
    schedule: tuple = (0.0, 1.0)  # part of the cosine this run covers
    ema: float = 0.999
    refresh: int = 2  # new scenes taken over at a step, at most
    report: float = 25.0  # seconds between validations
    pool: int = 2000  # scenes held on the GPU; the oldest are replaced as new ones arrive
    workers: int = 11
    network: NetworkConfig = field(default_factory=NetworkConfig)
    scenes: SceneConfig = field(default_factory=SceneConfig)
    loss: LossConfig = field(default_factory=LossConfig)

    def record(self) -> dict:
        return asdict(self)

    def settings(self) -> list[str]:
        """What differs from the defaults, as train.py's --set takes it."""
        return changed(self.record(), TrainConfig().record())


def changed(values: dict, defaults: dict, prefix: str = "") -> list[str]:
    found = []
    for key, value in values.items():
        if isinstance(value, dict):
            found += changed(value, defaults[key], f"{prefix}{key}.")
        elif value != defaults[key]:
            text = ",".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
            found.append(f"{prefix}{key}={text}")
    return found
