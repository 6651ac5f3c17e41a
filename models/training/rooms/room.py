"""A room: walls, a camera, things that stand, lie, lean through each other or hang, and light."""

import math
import random

import bpy
from mathutils import Vector

from rooms.materials import Materials, log_uniform
from rooms.things import cloth, solid, wall


class Room:
    """Everything of it is new but the meshes of the `library`'s models. Lengths are in metres."""

    def __init__(self, rng: random.Random, materials: Materials, library: list[bpy.types.Object]) -> None:
        self.rng, self.materials, self.library = rng, materials, library
        self.depth = log_uniform(rng, 0.7, 4)  # from the front to the back wall
        self.tops: list[Vector] = []
        for thing in list(bpy.context.collection.objects):
            bpy.data.objects.remove(thing)
        self._walls()
        self._camera()
        largest = log_uniform(rng, 0.3, 1.3)
        for _ in range(int(log_uniform(rng, 12, 80))):
            self._put(self._thing(), largest * math.exp(-rng.expovariate(1.6)))
        self._light()

    def _walls(self) -> None:
        rng, materials = self.rng, self.materials
        flat = lambda folded, *size: cloth(rng, materials, *size) if rng.random() < folded else wall(materials, *size)
        flat(0.15, 12, 12)
        back = flat(0.3, 12, 8)
        back.location, back.rotation_euler = (0, self.depth / 2, 0), (math.pi / 2, 0, rng.gauss(0, 0.25))
        if rng.random() < 0.5:
            side = wall(materials, 8, 8)
            side.location = (rng.choice((-1, 1)) * rng.uniform(1.2, 3), 0, 0)
            side.rotation_euler = (0, math.pi / 2, rng.gauss(0, 0.2))

    def _camera(self) -> None:
        rng, lens = self.rng, bpy.data.cameras.new("camera")
        lens.angle, lens.clip_start = math.radians(rng.uniform(22, 50)), 0.02
        camera = bpy.data.objects.new("camera", lens)
        bpy.context.collection.objects.link(camera)
        target = Vector((rng.uniform(-0.5, 0.5), rng.uniform(-0.3, 0.3) * self.depth, rng.uniform(0.1, 0.6)))
        pitch, yaw = rng.uniform(0, 0.6), rng.gauss(0, 0.25)
        towards = Vector((math.sin(yaw) * math.cos(pitch), -math.cos(yaw) * math.cos(pitch), math.sin(pitch)))
        camera.location = target + log_uniform(rng, 0.35, 1.1) / math.tan(lens.angle / 2) * towards
        camera.location.z = max(camera.location.z, 0.1)
        camera.rotation_euler = (target - camera.location).to_track_quat("-Z", "Y").to_euler()
        camera.rotation_euler.rotate_axis("Z", rng.gauss(0, 0.06))
        bpy.context.view_layer.update()
        bpy.context.scene.camera, self.half_view = camera, math.tan(lens.angle / 2)
        self.to_camera = camera.matrix_world.inverted()

    def _thing(self) -> bpy.types.Object:
        rng = self.rng
        if not self.library or rng.random() > 0.78:
            return solid(rng, self.materials)
        source = rng.choice(self.library)
        thing = source.copy()
        if rng.random() < 0.3:
            thing.data = source.data.copy()
            self.materials.cover(thing)
        bpy.context.collection.objects.link(thing)
        return thing

    def _put(self, thing: bpy.types.Object, size: float) -> None:
        rng = self.rng
        thing.scale = (size,) * 3
        upright, angles = rng.random() < 0.65, [rng.uniform(0, 2 * math.pi) for _ in range(3)]
        thing.rotation_euler = (0, 0, angles[2]) if upright else angles
        thing.location = self._seen()
        base, kind = 0.0, rng.random()
        if self.tops and kind < 0.3:  # on another one
            thing.location.xy, base = (top := rng.choice(self.tops)).xy, top.z
        elif kind < 0.5:  # in the air
            base = rng.uniform(0, 1.3)
        thing.location.z += base - self._heights(thing)[0]
        if (top := self._heights(thing)[1]) < 1.2:
            self.tops.append(Vector((*thing.location.xy, top)))

    def _seen(self) -> Vector:
        """A place on the floor that the camera sees the air above of."""
        for _ in range(200):
            place = Vector((self.rng.uniform(-2, 2), self.rng.uniform(-0.5, 0.5) * self.depth, 0))
            x, y, z = self.to_camera @ (place + Vector((0, 0, 0.15)))
            if z < -0.4 and max(abs(x), abs(y)) < -z * self.half_view:
                return place
        return Vector((0, 0, 0))

    def _heights(self, thing: bpy.types.Object) -> tuple[float, float]:
        bpy.context.view_layer.update()
        heights = [(thing.matrix_world @ Vector(corner)).z for corner in thing.bound_box]
        return min(heights), max(heights)

    def _light(self) -> None:
        rng, world = self.rng, bpy.data.worlds.new("sky")
        bpy.context.scene.world, world.use_nodes = world, True
        sky = world.node_tree.nodes["Background"]
        sky.inputs["Color"].default_value = (rng.uniform(0.8, 1), rng.uniform(0.85, 1), rng.uniform(0.8, 1), 1)
        sky.inputs["Strength"].default_value = log_uniform(rng, 0.15, 1.2)
        for _ in range(rng.randint(1, 2)):
            lamp = bpy.data.lights.new("sun", "SUN")
            lamp.energy, lamp.angle = log_uniform(rng, 0.3, 4), math.radians(log_uniform(rng, 0.5, 25))
            lamp.color = tuple(rng.uniform(0.75, 1) for _ in range(3))
            sun = bpy.data.objects.new("sun", lamp)
            sun.rotation_euler = (rng.uniform(0.2, 1.1), 0, rng.uniform(-1.4, 1.4))
            bpy.context.collection.objects.link(sun)
