/** 3102 事中: the same question before settling, with the trial's figures. No effect. */
export { build, input, outputNodes, read } from './claim-question.ts'
