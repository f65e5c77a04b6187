/** One word for the banner; what happened and what it means; what to do, with its key. */
export type Template = readonly [word: string, text: string, action: string]

/** A placeholder without a value gives null. */
export type ValueOf = (name: string) => string | null

const SEGMENT = /\[([^[\]|]*)(?:\|([^[\]|]*))?\]/g
const PLACEHOLDER = /\{([A-Za-z]+)\}/g

const fillPlain = (text: string, valueOf: ValueOf): string | null => {
  let complete = true
  const filled = text.replace(PLACEHOLDER, (_, name: string) => {
    const value = valueOf(name)
    if (value === null) complete = false
    return value ?? ''
  })
  return complete ? filled : null
}

/**
 * `{name}` is a value; `[… {name} …]` is left out when its value is missing, `[… {name} …|instead]` says something else.
 * Values are put in once and never read as templates.
 */
export const fill = (template: string, valueOf: ValueOf): string => {
  let result = ''
  let at = 0
  for (const match of template.matchAll(SEGMENT)) {
    result += fillPlain(template.slice(at, match.index), valueOf) ?? ''
    result += fillPlain(match[1] ?? '', valueOf) ?? match[2] ?? ''
    at = match.index + match[0].length
  }
  return result + (fillPlain(template.slice(at), valueOf) ?? '')
}
