/** Wholesalers' spreadsheets still write GB 18030. */
const decode = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export const readPaperFile = async (file: Blob): Promise<string> => decode(await file.arrayBuffer())
