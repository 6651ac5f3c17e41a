"""opencv_guided.py WIDTH HEIGHT RADIUS: OpenCV's guided filter, coloured guidance, on noise."""

import sys

import cv2
import numpy as np

from contender import compete

width, height, radius = map(int, sys.argv[1:])
# On a scale of 0..255: on 0..1 OpenCV skips most windows, their determinants being below its limit of 1e-6.
guidance = (np.random.rand(height, width, 3) * 255).astype(np.float32)
target = (np.random.rand(height, width) * 255).astype(np.float32)
compete(cv2.getNumThreads(), lambda: cv2.ximgproc.guidedFilter(guidance, target, radius, 1e-4 * 255**2))
