"""Things to be laid out: imported models, solids, walls and cloths. All have a longest side of about 1 but walls and cloths."""

import math
import random
from pathlib import Path

import bpy
from mathutils import Matrix, Vector

from rooms.materials import Materials, log_uniform


def imported(path: Path) -> bpy.types.Object | None:
    """A Wavefront model as one opaque object of longest side 1 about its middle, not in the scene; None if it has no surface."""
    before = set(bpy.data.objects)
    bpy.ops.import_scene.obj(filepath=str(path))
    parts = [o for o in bpy.data.objects if o not in before and o.type == "MESH" and len(o.data.polygons)]
    if not parts:
        return None
    bpy.ops.object.select_all(action="DESELECT")
    for part in parts:
        part.select_set(True)
    bpy.context.view_layer.objects.active = parts[0]
    bpy.ops.object.join()
    thing = bpy.context.view_layer.objects.active
    bpy.ops.object.transform_apply(location=True, rotation=True, scale=True)
    for slot in thing.material_slots:
        _make_opaque(slot.material)
    corners = [Vector(c) for c in thing.bound_box]
    low, high = (Vector(limit(c[axis] for c in corners) for axis in range(3)) for limit in (min, max))
    if not (longest := max(high - low)) > 0:
        return None
    thing.data.transform(Matrix.Scale(1 / longest, 4) @ Matrix.Translation(-(low + high) / 2))
    bpy.context.collection.objects.unlink(thing)
    return thing


def _make_opaque(material: bpy.types.Material | None) -> None:
    """Glass would be seen through at every other pixel of the depth."""
    for node in material.node_tree.nodes if material and material.use_nodes else ():
        if node.type == "BSDF_PRINCIPLED" and not node.inputs["Alpha"].is_linked:
            node.inputs["Alpha"].default_value, node.inputs["Transmission"].default_value = 1, 0


def solid(rng: random.Random, materials: Materials) -> bpy.types.Object:
    """A box, cylinder, cone, ellipsoid or ring of any proportions."""
    kind, add = rng.random(), bpy.ops.mesh
    if kind < 0.5:
        add.primitive_cube_add(size=1)
    elif kind < 0.7:
        add.primitive_cylinder_add(radius=0.5, depth=1, vertices=48)
    elif kind < 0.8:
        add.primitive_cone_add(radius1=0.5, radius2=rng.uniform(0, 0.3), depth=1, vertices=48)
    elif kind < 0.9:
        add.primitive_uv_sphere_add(radius=0.5, segments=48, ring_count=24)
    else:
        add.primitive_torus_add(major_radius=0.4, minor_radius=rng.uniform(0.03, 0.12), major_segments=64)
    width, depth, height = (log_uniform(rng, 0.04, 1) for _ in range(3))
    return _covered((width, depth if kind < 0.5 else width, height), materials)


def wall(materials: Materials, width: float, height: float) -> bpy.types.Object:
    bpy.ops.mesh.primitive_plane_add(size=1)
    return _covered((width, height, 1), materials)


def cloth(rng: random.Random, materials: Materials, width: float, height: float) -> bpy.types.Object:
    """A wall with folds."""
    bpy.ops.mesh.primitive_grid_add(x_subdivisions=160, y_subdivisions=160, size=1)
    mesh, depth = bpy.context.object.data, rng.uniform(0.01, 0.075)
    waves = [(rng.uniform(1, 9), rng.uniform(0, 2.4), rng.uniform(0, 2 * math.pi), rng.uniform(0.2, 1)) for _ in range(4)]
    for vertex in mesh.vertices:
        x, y, _ = vertex.co
        phases = ((2 * math.pi * (across * x + along * y) + start + 1.5 * math.sin(3 * y), weight) for across, along, start, weight in waves)
        vertex.co.z = depth * sum(weight * math.sin(phase) for phase, weight in phases)
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    return _covered((width, height, 1), materials)


def _covered(scale: tuple, materials: Materials) -> bpy.types.Object:
    thing = bpy.context.object
    thing.scale = scale
    bpy.ops.object.transform_apply(location=True, rotation=True, scale=True)
    materials.cover(thing)
    return thing
