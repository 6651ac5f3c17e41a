"""Rooms of free 3-D models, rendered by Blender: depth maps whose every edge belongs to a photographed thing."""
