const LONGEST_SHOWN = 300

/** `MBS-cn.hsa.ais.common.exception.HygeiaException:` and the like. */
const JAVA_NAME = /(?:[A-Z]+-)?\b(?:[A-Za-z_$][\w$]*\.){2,}[A-Za-z_$][\w$]*\s*[:：]?\s*/g
/** `(8f6b6ff99132423898ac53f143718e23@10.0.0.1)`: which server it was is for the log. */
const SERVER_MARK = /[(（][0-9a-zA-Z]{6,}@[^)）]{0,60}[)）]/g
const STACK_LINE = /^\s*at .*$/gm
/** A Java null glued to a sentence: `信息为空null`. */
const GLUED_NULL = /(?<=[\p{Script=Han}，。：；！])null|null$/gu

/** The platform's own words as a cashier may read them; the raw text is for the log. Empty when nothing is left. */
export const cleanMessage = (raw: string): string =>
  raw.slice(0, 4000).replace(STACK_LINE, '').replace(SERVER_MARK, '').replace(JAVA_NAME, '').replace(GLUED_NULL, '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_SHOWN)
