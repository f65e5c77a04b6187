import { outputNodesOf } from './catalogue-file.ts'

/** 1309 chronic and special outpatient diseases. */
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesOf(10)
