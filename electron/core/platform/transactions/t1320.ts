import { outputNodesWithEndtime } from './catalogue-file.ts'

/** 1320 Chinese medicine granules (配方颗粒). */
export { build, input, read } from './catalogue-file.ts'
export const outputNodes = outputNodesWithEndtime
