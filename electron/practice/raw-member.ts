/**
 * The characters of one member of a JSON object, as they stand in the message: signatures are over characters, and 12.30 read and written again is 12.3.
 * The text has been parsed already. null: no such member.
 */
export const rawMember = (json: string, name: string): string | null => {
  let at = json.indexOf('{') + 1
  const skip = (set: string): void => {
    while (at < json.length && set.includes(json[at] ?? '')) at += 1
  }
  const text = (): string => {
    const from = at
    at += 1
    while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
    at += 1
    return json.slice(from, at)
  }
  const value = (): string => {
    const from = at
    let open = 0
    while (at < json.length) {
      const character = json[at] ?? ''
      if (character === '"') {
        text()
        continue
      }
      if (open === 0 && (character === ',' || character === '}')) break
      if (character === '{' || character === '[') open += 1
      if (character === '}' || character === ']') open -= 1
      at += 1
    }
    return json.slice(from, at).trim()
  }
  while (at < json.length) {
    skip(' \t\r\n,')
    if (json[at] !== '"') return null
    const member: unknown = JSON.parse(text())
    skip(' \t\r\n:')
    const found = value()
    if (member === name) return found
  }
  return null
}

/** As rawMember; of a text its own characters. */
export const memberText = (json: string, name: string): string => {
  const raw = rawMember(json, name) ?? ''
  return raw.startsWith('"') ? String(JSON.parse(raw)) : raw
}
