/** Wholesalers' spreadsheets still write GB 18030. */
const decode = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The system's own file dialog, which has a keyboard; null: nothing was chosen. Call within a key press. */
export const choosePaper = (): Promise<string | null> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = '.json,.csv,.txt'
    input.addEventListener('cancel', () => resolve(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file === undefined) return resolve(null)
      void file.arrayBuffer().then((bytes) => resolve(decode(bytes)))
      return undefined
    })
    input.click()
  })
