"""Settings of the deep guided filter and its training; every record stores them whole."""

from dataclasses import asdict, dataclass, field

VARIANTS = ("s", "b", "cb", "c", "can")


@dataclass(frozen=True)
class DgfConfig:
    """DGF (Wu et al., Table I and section IV-B).

    variant: "s" the classical guided filter after a network trained at low resolution, "b" the guided filtering layer
    trained in, "cb" its dilated and pointwise convolutions instead of mean filter and linear model, "c" the same with
    the learned guidance map; "can" the network alone, at full resolution: the paper's baseline.
    """

    variant: str = "c"
    channels: int = 24
    dilations: tuple = (1, 1, 2, 4, 8, 16, 1)
    guidance_channels: int = 16  # of the map F(I)
    model_channels: int = 32  # of the pointwise convolutions in place of the linear model
    radius: int = 1  # of the mean filter; the dilation of the convolution in its place
    epsilon: float = 1e-8  # of the linear model of "s" and "b"
    context: int = 0  # channels of what the network knows of the whole small copy, see Context; 0: nothing, as in the paper
    conditions: int = 0  # values that the network is told beside the picture, one constant plane each
    # Planes of dgf/texture.py beside the small copy, for the network and, with the conditions, for the learned linear model; 0 as
    # in the paper, whose small copy is all that is known.
    texture: int = 0
    # Short side of the copy on which the operator itself is computed: what it gives there, reduced to the small copy, is the network's
    # draft, which it corrects. 0: none, as in the paper. With a texture beside it, that is the one inside the pixels of that copy, which the
    # draft could not know of.
    draft: int = 0
    # Short side of the copy by whose statistics, its air-light or tones, the operator is computed on the draft's copy, where those of
    # that one are too far from the picture's; a texture is then the one inside the pixels of this copy. 0: the draft's copy alone.
    overview: int = 0
    # The learned layer adds to the classical one instead of taking its place as in the paper (0): to its quotient, to both parts of
    # which this is added, and to the picture as its guidance.
    classical: float = 0.0

    def __post_init__(self) -> None:
        if self.variant not in VARIANTS:
            raise ValueError(f"variant: {self.variant!r} is none of {VARIANTS}")
        if self.overview and not 0 < self.draft <= self.overview:
            raise ValueError(f"overview: {self.overview} is smaller than the draft's copy, or there is none")

    @property
    def planes(self) -> int:
        """Beside the small copy."""
        return self.conditions + self.texture + (3 if self.draft else 0)

    @property
    def layer_planes(self) -> int:
        """Of them those that the learned linear model is told."""
        return self.planes if (self.texture or self.draft) and self.convolutional else 0

    @property
    def convolutional(self) -> bool:
        return self.variant in ("cb", "c")


@dataclass(frozen=True)
class DgfTraining:
    operator: str = "l0-smoothing"
    side: int = 64  # short side of the low-resolution picture
    seed: int = 1
    batch: int = 8
    crop: int = 256  # lines and columns of the full-resolution picture that the loss looks at
    # Neighbours in a "window", or "spread" over the whole picture at even distances, which a layer that works pixel by pixel does not
    # mind: what the small copy decides shows everywhere in the picture.
    pixels: str = "window"
    layer_first: float = 0.0  # share of the schedule in which the layer and the guidance map alone learn
    toned: float = 0.65  # share of the pictures in another light, see dgf/tones.py
    share: float = 1.0  # of the rounds in which this network takes a step
    seconds: float = 600.0
    learning_rate: float = 2e-3
    final_learning_rate: float = 1e-5
    warmup_steps: int = 200
    ema: float = 0.999
    begin: str = ""  # variant whose state it starts from, of --initial; its own if not named
    # Statistics of the normalisations: the "batch"'s, or "kept" as they were in the state it starts from. Those of a few pictures
    # are noise where an operator goes by what the whole picture is like.
    statistics: str = "batch"
    learns: str = "all"  # or the "layer" and the guidance map alone, for the network as it is
    small: float = 0.0  # weight of the network's own result against the reduced target at first; falls with the learning rate to 0
    # What is least of a batch: the mean "square" of the errors, or the mean over its pictures of their "root" mean squares, by which pictures
    # that are nearly right count as well as those that are far off.
    error: str = "square"
    report: float = 120.0  # seconds between validations
    network: DgfConfig = field(default_factory=DgfConfig)

    @property
    def name(self) -> str:
        side = "" if self.network.variant == "can" else f"-{self.side}"
        return f"dgf-{self.operator}-{self.network.variant}{side}"

    def record(self) -> dict:
        return asdict(self)
