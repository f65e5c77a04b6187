import iconv from 'iconv-lite'

/** Same picture, other number: mapped before encoding, to characters that also take two columns (devices.md §2.1). */
const SAME_LOOK: Readonly<Record<string, string>> = {
  '\u00a5': '\uffe5',
  '\u00b5': '\u03bc',
  '\u2022': '\u00b7',
  '\u2212': '\uff0d',
  '\u301c': '\uff5e',
  '\u02d9': '\u00b7',
}
/** Kangxi radicals and compatibility ideographs, as copied from PDF tables. */
const COMPATIBILITY = /^[\u2e80-\u2fdf\uf900-\ufaff]$/

const encodeExactly = (character: string): Uint8Array | null => {
  const bytes = iconv.encode(character, 'gbk')
  // iconv answers ? for what it cannot and 80 for the euro, which many printers misread.
  return (bytes.length === 2 || (character >= ' ' && character <= '~')) && iconv.decode(bytes, 'gbk') === character ? bytes : null
}

/** One character as a GBK printer takes it, or null: it has to be drawn. Split by character before encoding: trail bytes may be 5C or 7C. */
export const gbkBytes = (character: string): Uint8Array | null =>
  encodeExactly(SAME_LOOK[character] ?? character) ?? (COMPATIBILITY.test(character) ? encodeExactly(character.normalize('NFKC')) : null)

/** ASCII one column, everything else two, as the printer's fonts are. */
export const columnsOf = (text: string): number => {
  let columns = 0
  for (const character of text) columns += character >= ' ' && character <= '~' ? 1 : 2
  return columns
}
