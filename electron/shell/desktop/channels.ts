/** The IPC channel a route is asked on. */
export const ipcChannel = (route: string) => `sidelight:${route}`;

/** Messages to the preload that it did not ask for. */
export const pushChannels = {
  enginePort: 'sidelight:engine-port',
  engineEnded: 'sidelight:engine-ended',
  filesOpened: 'sidelight:files-opened',
} as const;
