import type { dialogRoutes, ShellReply, shellRoutes } from './shellRoutes';

type Method = keyof typeof shellRoutes | keyof typeof dialogRoutes;

/** What the preload puts on the page as `window.sidelight`: one function a route and two that only it can do. */
export type DesktopBridge = { readonly [M in Method]: (args: unknown) => Promise<ShellReply> } & {
  /** Dropped or chosen files by what they are on disk; answers with `OpenedFile[]`. */
  openDropped(files: readonly File[]): Promise<ShellReply>;
  /**
   * Asks for a channel to the engine. The port arrives as a `message` event on `window` from the page's own origin,
   * with `data` equal to `{ type: enginePortMessage, nonce }` and the port in `ports[0]`. It carries whole messages as
   * Uint8Array; the last thing it says is `{ type: 'closed', reason: CloseReason }`.
   */
  connectEngine(nonce: string): Promise<ShellReply>;
  /** Files opened from outside while the window is there: a second start, the system's “Open with”. `OpenedFile[]`. */
  onFilesOpened(listener: (reply: ShellReply) => void): void;
};

export const enginePortMessage = 'sidelight:engine-port';

declare global {
  interface Window {
    readonly sidelight?: DesktopBridge;
  }
}
