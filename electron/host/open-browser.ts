import { spawn } from 'node:child_process'
import process from 'node:process'

/** Whether a window could appear anywhere. */
export const hasDisplay = (platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): boolean => {
  if (platform === 'win32' || platform === 'darwin') return environment['CI'] === undefined && environment['SSH_CONNECTION'] === undefined
  return environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined
}

/** Asks the desktop to show the address; that it cannot is no error, the address is printed as well. */
export const openBrowser = (address: string): void => {
  const [command, args] = process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', address]] as const : process.platform === 'darwin' ? ['open', [address]] as const : ['xdg-open', [address]] as const
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
