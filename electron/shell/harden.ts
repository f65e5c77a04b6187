import type { App, Session, WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol.ts'

/** No permission is ever given, and no request leaves the window but for its own files. */
export const hardenSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !(details.url === APP_ORIGIN || details.url.startsWith(`${APP_ORIGIN}/`) || details.url.startsWith('devtools://') || details.url.startsWith('data:image/')) })
  })
  session.on('will-download', (event) => event.preventDefault())
}

/** A window stays where it was opened: no navigation, no second window, no embedded page. */
export const hardenContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'] as const) contents.on(event as 'will-navigate', (details) => details.preventDefault())
}

export const hardenApp = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}
