"""Generated pairs on the guidance's own grid: photographs of two modalities (denoising), textured pictures and their
structure (structure-texture separation)."""
