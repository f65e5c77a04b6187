const NOT_SEARCHED = /[^\p{L}\p{N}]+/gu

/**
 * What is compared: full-width and compatibility forms folded (Ⅱ → ii), lower case, only letters, digits and hanzi.
 * 呋塞米（速尿)片 is found by 呋塞米速尿, 0.25g by 025g: punctuation is never needed and never in the way.
 */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(NOT_SEARCHED, '')

/** Words of a query, each folded; blanks of any width separate them, an input method's apostrophes do not. */
export const foldWords = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .split(/\s+/)
    .map(foldText)
    .filter((word) => word !== '')

export const isHanzi = (character: string): boolean => /\p{Script=Han}/u.test(character)
