import { outputNodesOf } from './catalogue-file.ts'

/** 1306 medical consumables. */
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesOf(10)
