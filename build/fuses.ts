/** Every fuse of Electron 45 by name: one that a later Electron adds is missing here, and the type check says so where the package is built. */
export interface Fuses {
  readonly runAsNode: boolean
  readonly enableCookieEncryption: boolean
  readonly enableNodeOptionsEnvironmentVariable: boolean
  readonly enableNodeCliInspectArguments: boolean
  readonly enableEmbeddedAsarIntegrityValidation: boolean
  readonly onlyLoadAppFromAsar: boolean
  readonly loadBrowserProcessSpecificV8Snapshot: boolean
  readonly grantFileProtocolExtraPrivileges: boolean
  readonly wasmTrapHandlers: boolean
}

/** Used when the package is built: the binary can be nothing but the till. */
export const fuses: Required<Fuses> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  wasmTrapHandlers: true,
}
