import { contextBridge, ipcRenderer } from 'electron';
import type { Desktop } from './desktop.contract.ts';

// Sandboxed: the only Node this page's world ever sees. It gets two functions, never ipcRenderer or an event object.
// The main process checks channel, sender and argument; a made-up channel is refused there.
const desktop: Desktop = {
  request: (channel, ...argument) => ipcRenderer.invoke(`desktop:${channel}`, argument[0]),
  listen(message, listener) {
    // The main process sends what the contract says under this name.
    const heard = (_event: unknown, content: unknown): void => listener(content as never);
    ipcRenderer.on(`desktop:${message}`, heard);
    return () => ipcRenderer.off(`desktop:${message}`, heard);
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);
