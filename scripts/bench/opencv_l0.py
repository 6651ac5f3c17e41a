"""opencv_l0.py WIDTH HEIGHT: OpenCV's L0 smoothing at the paper's settings, on noise."""

import sys

import cv2
import numpy as np

from contender import compete

width, height = map(int, sys.argv[1:])
picture = (np.random.rand(height, width, 3) * 255).astype(np.uint8)
compete(cv2.getNumThreads(), lambda: cv2.ximgproc.l0Smooth(picture, None, 0.02, 2.0))
