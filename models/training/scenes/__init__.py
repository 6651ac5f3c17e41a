"""Generated RGB-D scenes: layers of shapes and photograph segments with planar and curved depth."""
