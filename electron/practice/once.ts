/** Data files are read once a process: tests open many provinces. */
export const once = <T>(read: () => T): (() => T) => {
  let value: { readonly read: T } | null = null
  return () => (value ??= { read: read() }).read
}
