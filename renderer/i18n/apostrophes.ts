/** The bundled typeface draws ’ half an em wide, as Chinese text wants it: customer’ s. The straight one is as wide as English wants it. */
export const narrowApostrophes = (text: string): string => text.replaceAll('’', "'")
