import { ipcRenderer } from 'electron'

// Hands the page its port to core, and nothing else: no API object, no other channel. The words are those of core-link.ts and renderer/core-client/electron-port.ts.
const ASK_FOR_PORT = 'yaogui:core-port-please'
const GIVE_PORT = 'yaogui:core-port'

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === ASK_FOR_PORT) ipcRenderer.send(ASK_FOR_PORT)
})
ipcRenderer.on(GIVE_PORT, (event) => {
  const [port] = event.ports
  if (port !== undefined) window.postMessage(GIVE_PORT, location.origin, [port])
})
