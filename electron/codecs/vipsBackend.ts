import { createRequire } from 'node:module';
import { SidelightError } from '../contract/errors';

export type VipsBuild = 'native' | 'wasm';

type Sharp = typeof import('sharp')['default'];

const require = createRequire(import.meta.url);
const wasmBinding = '@img/sharp-wasm32/sharp.node';

/**
 * Electron on Linux has the system's GLib in every one of its processes, and the native build a GLib of its own: the
 * two take each other's functions and the process dies (electron#46323, sharp#4522). The WebAssembly build, about half
 * as fast, has nothing to clash with.
 */
export function vipsBuildFor(platform: NodeJS.Platform, electron: string | undefined): VipsBuild {
  return platform === 'linux' && electron !== undefined ? 'wasm' : 'native';
}

/**
 * Loads libvips by way of sharp; one build a process, so the first call decides.
 * @throws SidelightError internal when the build is not installed
 */
export async function loadVips(build: VipsBuild): Promise<Sharp> {
  if (build === 'wasm') putWasmInPlace();
  const { default: sharp } = await import('sharp');
  // Every file is read once; libvips' operation cache would only keep its pixels alive.
  sharp.cache(false);
  return sharp;
}

/** Sharp takes the native build where it finds one and has no setting for it: it is made to find the other one there. */
function putWasmInPlace(): void {
  try {
    require(wasmBinding);
  } catch (thrown) {
    throw new SidelightError(
      'internal',
      'The image library for Electron on Linux is not installed.',
      'Run "npm ci" again without leaving out optional packages, or start Sidelight with --browser.',
      undefined,
      thrown,
    );
  }
  const wasm = require.cache[require.resolve(wasmBinding)];
  for (const library of ['', 'musl']) {
    const native = findInstalled(`@img/sharp-${process.platform}${library}-${process.arch}/sharp.node`);
    if (native) require.cache[native] = wasm;
  }
}

function findInstalled(request: string): string | null {
  try {
    return require.resolve(request);
  } catch {
    return null;
  }
}

/** Of the 2 GB that WebAssembly's memory may grow to; libvips holds a picture more than once while it works on it. */
const wasmBytesPerPicture = 2 ** 29;

/** Whether a failure on a picture of so many bytes, decoded, has another reason than the memory the build has. */
export function fitsIn({ versions }: Pick<Sharp, 'versions'>, bytes: number): boolean {
  return !('emscripten' in versions) || bytes <= wasmBytesPerPicture;
}

let loading: Promise<Sharp> | null = null;

/** The build for this process, loaded when the first picture needs it. */
export function vips(): Promise<Sharp> {
  loading ??= loadVips(vipsBuildFor(process.platform, process.versions.electron));
  return loading;
}
