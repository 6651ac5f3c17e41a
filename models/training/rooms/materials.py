"""What things are covered with: photographs, even colours, or both mixed."""

import math
import random
from pathlib import Path

import bpy


def log_uniform(rng: random.Random, low: float, high: float) -> float:
    return math.exp(rng.uniform(math.log(low), math.log(high)))


class Materials:
    def __init__(self, rng: random.Random, photos: Path) -> None:
        self.rng, self.photos = rng, sorted(str(p.resolve()) for p in photos.glob("*.jpg"))

    def cover(self, thing: bpy.types.Object) -> None:
        """All of its mesh with one new material."""
        thing.data.materials.clear()
        thing.data.materials.append(self._new())

    def _new(self) -> bpy.types.Material:
        rng = self.rng
        made = bpy.data.materials.new("covering")
        made.use_nodes = True
        nodes, links = made.node_tree.nodes, made.node_tree.links
        surface = nodes["Principled BSDF"]
        surface.inputs["Roughness"].default_value = rng.uniform(0.3, 1)
        surface.inputs["Specular"].default_value = rng.uniform(0, 0.4)
        colour = self._colour()
        kind = rng.random()
        if kind < 0.3:
            surface.inputs["Base Color"].default_value = colour
            return made
        image = self._photograph(nodes, links)
        if kind < 0.6:
            mix = nodes.new("ShaderNodeMixRGB")
            mix.inputs["Fac"].default_value = rng.uniform(0.2, 0.9)
            mix.inputs["Color1"].default_value = colour
            links.new(image, mix.inputs["Color2"])
            image = mix.outputs["Color"]
        links.new(image, surface.inputs["Base Color"])
        return made

    def _colour(self) -> tuple[float, float, float, float]:
        colour = [log_uniform(self.rng, 0.02, 0.9) for _ in range(3)]
        grey, saturation = sum(colour) / 3, self.rng.random()
        return (*(grey + (c - grey) * saturation for c in colour), 1)

    def _photograph(self, nodes, links):
        """The colour of a photograph laid on at any place, angle and scale."""
        rng = self.rng
        coordinates, mapping, image = (nodes.new(f"ShaderNode{kind}") for kind in ("TexCoord", "Mapping", "TexImage"))
        links.new(coordinates.outputs["UV" if rng.random() < 0.6 else "Object"], mapping.inputs["Vector"])
        mapping.inputs["Scale"].default_value = (log_uniform(rng, 0.4, 3),) * 3
        mapping.inputs["Rotation"].default_value = tuple(rng.uniform(0, 2 * math.pi) for _ in range(3))
        mapping.inputs["Location"].default_value = tuple(rng.uniform(0, 5) for _ in range(3))
        image.image = bpy.data.images.load(rng.choice(self.photos), check_existing=True)
        image.projection = "BOX" if rng.random() < 0.5 else "FLAT"
        links.new(mapping.outputs["Vector"], image.inputs["Vector"])
        return image.outputs["Color"]
