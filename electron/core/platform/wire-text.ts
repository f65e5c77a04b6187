const decode = (bytes: Uint8Array, label: string): string | null => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The characters of an answer: UTF-8, with or without a byte order mark; GBK, in which some gateways speak of their own troubles; else UTF-8 with marks for what cannot be read. */
export const wireText = (bytes: Uint8Array): string => decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030') ?? new TextDecoder('utf-8').decode(bytes)
