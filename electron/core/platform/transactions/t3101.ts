/** 3101 事前: what the province's rules find in a basket before it is tried. No effect. */
export { build, input, outputNodes, read } from './claim-question.ts'
