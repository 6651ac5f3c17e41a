/** How denoising is measured, in sentences. */
export const protocol: readonly string[] = [
  'Photos are used at their full size; colour targets are filtered channel by channel. Results are clipped to 0…255, as a file would be, and not rounded.',
  'PSNR and SSIM (both with 255 levels) are of all three channels and all pixels. Unfiltered is the noisy target itself.',
  'Flash pairs: the target is the photo without flash as it is. The long exposure it is measured against is brought to its levels ' +
    'once, before anything is filtered, channel by channel by the parabola that fits the means of 16 × 16 blocks best (least squares): all ' +
    'rows are measured against the same picture. The photos are not aligned; those of the pair with a long exposure agree to half a pixel.',
  'Near infrared: Gaussian noise of standard deviation 25 or 50 levels, seeded by scene and strength, is added to the clean colour photo, which is the truth. ' +
    '8-bit: clipped to 0…255 and rounded, as a camera’s file is; float: kept as it comes out. The means are over the scenes.',
  'Pairs that are noisy themselves and have no long exposure are filtered for their pictures alone.',
  'dagf is run as the presets flash and nir run it. ms is the time from opened inputs to a written file of one photo.',
];
