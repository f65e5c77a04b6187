/** What the scan capture does to a focused text field. */
export type TextField = HTMLInputElement | HTMLTextAreaElement

const TEXT_TYPES = new Set(['text', 'search', 'password', 'tel', 'url', 'email', 'number'])

export const textField = (element: Element | null): TextField | null => {
  if (element instanceof HTMLTextAreaElement) return element.readOnly || element.disabled ? null : element
  if (element instanceof HTMLInputElement) return TEXT_TYPES.has(element.type) && !element.readOnly && !element.disabled ? element : null
  return null
}

export interface Remembered {
  readonly field: TextField
  readonly value: string
  readonly start: number | null
  readonly end: number | null
}

export const remember = (field: TextField | null): Remembered | null =>
  field === null ? null : { field, value: field.value, start: field.selectionStart, end: field.selectionEnd }

/** React listens to the input event and compares with the value it set: the prototype's setter tells it that the value is another. */
const setValue = (field: TextField, value: string): void => {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }))
}

/** Puts a field back as it was; ends a composition that would write into it again. */
export const restore = (memory: Remembered | null): void => {
  if (memory === null || !memory.field.isConnected) return
  const { field, value, start, end } = memory
  if (field.value === value) return
  const focused = field.ownerDocument.activeElement === field
  if (focused) field.blur()
  setValue(field, value)
  if (focused) field.focus()
  if (start !== null && end !== null) field.setSelectionRange(start, end)
}

/** As if typed: undo history, selection and the input event included. `execCommand` is the only way that does all three. */
export const typeInto = (field: TextField, text: string): void => {
  if (field.ownerDocument.activeElement !== field) field.focus()
  if (!field.ownerDocument.execCommand('insertText', false, text)) setValue(field, field.value + text)
}
