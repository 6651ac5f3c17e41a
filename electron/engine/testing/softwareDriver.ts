import { existsSync } from 'node:fs';

/** A Vulkan driver in software, and a loader for it, that come with Debian's Chromium: WebGPU without a GPU. */
const chromium = '/usr/lib/chromium';
const driver = `${chromium}/vk_swiftshader_icd.json`;

/** What a process needs in its environment to find them; null where they are not installed. */
export const softwareDriver: Readonly<Record<string, string>> | null =
  existsSync(driver) && existsSync(`${chromium}/libvulkan.so.1`)
    ? { VK_DRIVER_FILES: driver, LD_LIBRARY_PATH: chromium }
    : null;

if (!softwareDriver)
  console.warn(
    `SKIPPED: WebGPU is not tested here, as there is no ${driver} (Debian: apt install chromium).`,
  );
