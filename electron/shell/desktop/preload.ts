import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { createBridge } from './bridge';

contextBridge.exposeInMainWorld(
  'sidelight',
  createBridge({
    ipc: ipcRenderer,
    pathOf: (file) => webUtils.getPathForFile(file),
    handOver: (message, port) => window.postMessage(message, window.location.origin, [port]),
  }),
);
