import { outputNodesOf } from './catalogue-file.ts'

/** 1302 decoction pieces (中药饮片). */
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesOf()
