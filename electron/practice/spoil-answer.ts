import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { FaultAction } from './fault-plan.ts'
import { isRecord } from './wire-values.ts'

const FOREIGN_MESSAGE = 'P99999900002202001010000000001'

const changed = (answer: Answer, change: (setlinfo: Record<string, unknown>) => Record<string, unknown>): Answer => {
  const { output } = answer
  if (!isRecord(output) || !isRecord(output.setlinfo)) return answer
  return { ...answer, output: { ...output, setlinfo: change(output.setlinfo) } }
}

/** Answers that lie; the books do not. */
export const spoilAnswer = (answer: Answer, actions: readonly FaultAction[]): Answer => {
  let spoilt = answer
  for (const action of actions) {
    if (action.kind === 'wrong-refmsgid') {
      spoilt = changed({ ...spoilt, inf_refmsgid: FOREIGN_MESSAGE }, (setlinfo) => ({ ...setlinfo, medins_setl_id: FOREIGN_MESSAGE }))
    }
    if (action.kind === 'contradictory-figures') {
      spoilt = changed(spoilt, (setlinfo) => ({ ...setlinfo, psn_cash_pay: Math.round(Number(setlinfo.psn_cash_pay ?? 0) * 100 + 100) / 100 }))
    }
  }
  return spoilt
}

export const garbled = (text: string, how: 'truncated' | 'html' | 'empty' | 'not-json'): string => {
  switch (how) {
    case 'truncated':
      return text.slice(0, Math.floor(text.length / 2))
    case 'html':
      return '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'
    case 'empty':
      return ''
    case 'not-json':
      return 'undefined'
  }
}

/** Promises the whole body, sends half of it, breaks the line. */
export const closeMidBody = (response: ServerResponse, text: string): void => {
  const bytes = Buffer.from(text)
  response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8', 'content-length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}
