export interface Looks {
  /** The window or a part that must not scroll does. */
  readonly overflow: readonly string[]
  /** Text cut at the edge of its box without an ellipsis. */
  readonly clipped: readonly string[]
  /** Text shortened with an ellipsis: for the person who looks. */
  readonly shortened: readonly string[]
  /** Text with less contrast than WCAG AA asks for its size. */
  readonly contrast: readonly string[]
}

/** Runs in the page. Self-contained: it is sent there as text. */
export const inspectLooks = (): Looks => {
  type Rgba = readonly [number, number, number, number]
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (color: string): Rgba => {
    if (canvas === null) return [0, 0, 0, 1]
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 255] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top: Rgba, under: Rgba): Rgba => {
    const mix = (a: number, b: number): number => a * top[3] + b * (1 - top[3])
    return [mix(top[0], under[0]), mix(top[1], under[1]), mix(top[2], under[2]), 1]
  }
  const luminance = ([r, g, b]: Rgba): number => {
    const linear = (part: number): number => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }
  const groundOf = (element: Element): Rgba => {
    const layers: Rgba[] = []
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor)
      if (layer[3] > 0) layers.push(layer)
      if (layer[3] === 1) break
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1] as Rgba)
  }
  const called = (element: Element): string => {
    const text = (element.textContent ?? '').trim().slice(0, 40)
    const named = element.closest('[data-testid]')
    return `${element.tagName.toLowerCase()}.${element.className.toString().split(' ').filter(Boolean).join('.')} in ${(named as HTMLElement | null)?.dataset['testid'] ?? '—'}: ${text}`
  }
  const isVisible = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getBoundingClientRect().width > 0
  /** Hidden behind a dialog's veil. */
  const isCovered = (element: Element): boolean => {
    const box = element.getBoundingClientRect()
    const top = document.elementFromPoint(
      Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
      Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)),
    )
    return top !== null && top !== element && !element.contains(top) && !top.contains(element)
  }

  const overflow: string[] = []
  const root = document.documentElement
  if (root.scrollHeight > innerHeight + 1 || root.scrollWidth > innerWidth + 1)
    overflow.push(`window ${root.scrollWidth}×${root.scrollHeight} in ${innerWidth}×${innerHeight}`)
  const clipped: string[] = []
  const shortened: string[] = []
  const contrast: string[] = []
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('svg, script, style') !== null || !isVisible(element)) continue
    const box = element.getBoundingClientRect()
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '')
    // A part of the screen holds its own things: nothing hangs over its edge.
    const part = element.closest(
      '[data-testid=verdict], [data-testid=strip], [data-testid=person], [data-testid=totals], [data-testid=keybar], [data-testid=settle-keys], [data-testid=sale-line], .dialog-footer, .page-head, .page-foot',
    )
    if (part !== null && (own || element.matches('button, input'))) {
      const edge = part.getBoundingClientRect()
      if (box.right > edge.right + 2 || box.bottom > edge.bottom + 2 || box.left < edge.left - 2 || box.top < edge.top - 2)
        overflow.push(`over its edge: ${called(element)}`)
    }
    if (!own) continue
    const style = getComputedStyle(element)
    const scrolls = element.closest('.ant-table-tbody-virtual, .paid-receipt, .found, .line-list, .pane, .dock-list, .page-body, .story, .recall-list') !== null
    if (!scrolls && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1)) overflow.push(called(element))
    if (isCovered(element)) continue
    // The nearest box that cuts.
    for (let at: Element | null = element, depth = 0; at !== null && depth < 4; at = at.parentElement, depth += 1) {
      const boxStyle = getComputedStyle(at)
      if (boxStyle.overflowX !== 'hidden' && boxStyle.overflowX !== 'clip') continue
      if (at.scrollWidth <= at.clientWidth + 1) continue
      if (boxStyle.textOverflow === 'ellipsis') shortened.push(called(element))
      else if (box.right > at.getBoundingClientRect().right + 1) clipped.push(called(element))
      break
    }
    // A sentence that ends early says half.
    if (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 3) clipped.push(`below: ${called(element)}`)
    const disabled = element.closest('[disabled], [aria-disabled=true]') !== null
    if (disabled) continue
    let opacity = 1
    for (let at: Element | null = element; at !== null; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
    const ground = groundOf(element)
    const [r, g, b, a] = rgba(style.color)
    const ink = over([r, g, b, a * opacity], ground)
    const [light, dark] = [luminance(ink), luminance(ground)].sort((x, y) => y - x) as [number, number]
    const ratio = (light + 0.05) / (dark + 0.05)
    const size = Number.parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    if (ratio < (large ? 3 : 4.5)) contrast.push(`${ratio.toFixed(2)} ${called(element)}`)
  }
  return { overflow: [...new Set(overflow)], clipped: [...new Set(clipped)], shortened: [...new Set(shortened)], contrast: [...new Set(contrast)] }
}
