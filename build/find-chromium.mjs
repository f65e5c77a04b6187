import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** @param {string} file */
const runs = file => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(base => (base === undefined ? [] : [path.join(base, 'Google/Chrome/Application/chrome.exe'), path.join(base, 'Microsoft/Edge/Application/msedge.exe')])),
]

/** A Chromium of this machine: YAOGUI_CHROMIUM, the path, the usual places. @returns {string | null} */
export const findChromium = () => {
  const named = process.env.YAOGUI_CHROMIUM
  if (named !== undefined && named !== '') return runs(named) ? named : null
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap(folder => NAMES.map(name => path.join(folder, name)))
  return [...onPath, ...PLACES].find(runs) ?? null
}
