import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

/** Only Electron is ever mocked. What a test needs to see is kept in `world`. */
export class FakeProcess extends EventEmitter {
  readonly sent: { readonly message: unknown; readonly ports: readonly unknown[] }[] = []
  readonly stdout = new EventEmitter()
  killed = false
  readonly file: string
  readonly args: readonly string[]
  constructor(file: string, args: readonly string[]) {
    super()
    this.file = file
    this.args = args
  }
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.sent.push({ message, ports })
  }
  kill(): boolean {
    this.killed = true
    setImmediate(() => this.emit('exit', 0))
    return true
  }
}

export class FakeContents extends EventEmitter {
  readonly mainFrame = { origin: 'app://yaogui' }
  readonly given: { readonly channel: string; readonly ports: readonly unknown[] }[] = []
  openHandler: ((details: unknown) => { action: string }) | null = null
  reloads = 0
  destroyed = false
  setWindowOpenHandler(handler: (details: unknown) => { action: string }): void {
    this.openHandler = handler
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[]): void {
    this.given.push({ channel, ports })
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  reload(): void {
    this.reloads++
  }
}

export interface World {
  processes: FakeProcess[]
  windows: FakeWindow[]
}
export const world: World = { processes: [], windows: [] }

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: Electron.BrowserWindowConstructorOptions
  url = ''
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
    world.windows.push(this)
  }
  show(): void {}
  isDestroyed(): boolean {
    return false
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
  }
}

let lastPort = 0
export const fakeElectron = {
  utilityProcess: {
    fork: (file: string, args: readonly string[] = []): FakeProcess => {
      const made = new FakeProcess(file, args)
      world.processes.push(made)
      return made
    },
  },
  MessageChannelMain: class {
    readonly port1 = { name: `a${++lastPort}` }
    readonly port2 = { name: `b${lastPort}` }
  },
  BrowserWindow: FakeWindow,
}
