import { outputNodesOf } from './catalogue-file.ts'

/** 1307 diseases and diagnoses. */
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesOf(10)
