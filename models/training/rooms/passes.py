"""What Cycles gives of a room: light and colour by several samples a pixel, depth at the middle of every pixel."""

import random
from pathlib import Path

import bpy
import numpy as np

SIDE = 512  # pixels
SAMPLES = 10
PASSES = {"image": "Image", "colour": "DiffCol", "normal": "Normal", "mist": "Mist"}
FARTHEST = 20.0  # metres, where the mist is full


def kept_as_array(rendered: Path, name: str) -> None:
    """`name`.npy, [H, W, 3] float32, red first, in the place of Blender's own file: few builds of OpenCV read OpenEXR."""
    image = bpy.data.images.load(str(rendered))
    width, height = image.size
    pixels = np.empty((height, width, image.channels), np.float32)
    image.pixels.foreach_get(pixels.ravel())
    bpy.data.images.remove(image)
    np.save(rendered.with_name(f"{name}.npy"), pixels[::-1, :, :3])
    rendered.unlink()


def render(rng: random.Random, folder: Path) -> None:
    """Writes `folder`/{image,colour,normal,mist}.npy, linear, and, at last, depth.npy, distances in metres along the camera's axis."""
    scene = bpy.context.scene
    cycles, render_, layer = scene.cycles, scene.render, scene.view_layers[0]
    render_.engine, cycles.device = "CYCLES", "CPU"
    render_.resolution_x = render_.resolution_y = SIDE
    render_.threads_mode, render_.threads = "FIXED", 1
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = 1
    cycles.transparent_max_bounces = 6
    cycles.caustics_reflective = cycles.caustics_refractive = cycles.use_denoising = cycles.use_adaptive_sampling = False
    cycles.sample_clamp_direct = cycles.sample_clamp_indirect = 3
    layer.use_pass_z = layer.use_pass_normal = layer.use_pass_mist = layer.use_pass_diffuse_color = True
    mist = scene.world.mist_settings
    mist.start, mist.depth, mist.falloff = 0, FARTHEST, "LINEAR"

    scene.use_nodes = True
    nodes, links = scene.node_tree.nodes, scene.node_tree.links
    nodes.clear()
    layers, composite = nodes.new("CompositorNodeRLayers"), nodes.new("CompositorNodeComposite")
    files = nodes.new("CompositorNodeOutputFile")
    files.format.file_format, files.format.color_depth, files.format.color_mode = "OPEN_EXR", "16", "RGB"
    files.base_path = str(folder)
    files.file_slots.clear()
    for name, output in PASSES.items():
        files.file_slots.new(name)
        links.new(layers.outputs[output], files.inputs[name])
    links.new(layers.outputs["Image"], composite.inputs["Image"])
    cycles.samples, cycles.filter_width = SAMPLES, rng.uniform(0.8, 1.6)
    bpy.ops.render.render()

    nodes.remove(files)
    links.new(layers.outputs["Depth"], composite.inputs["Image"])
    cycles.samples, cycles.filter_width, cycles.max_bounces = 1, 0.01, 0
    render_.image_settings.file_format, render_.image_settings.color_depth = "OPEN_EXR", "32"
    render_.filepath = str(folder / "depth.exr")
    bpy.ops.render.render(write_still=True)
    for name in PASSES:
        kept_as_array(folder / f"{name}0001.exr", name)
    kept_as_array(folder / "depth.exr", "depth")
