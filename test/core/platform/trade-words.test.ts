import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ReconcileSection } from '../../../electron/core/platform/profile-sections/reconcile.ts'
import { files } from '../../../electron/core/platform/transactions/t3202.ts'

const folder = join(import.meta.dirname, '../../../electron/core/platform/transactions')
/** The paper writes one name with underscores or with humps. */
const oneSpelling = (name: string): string => (/^[a-z]+[A-Z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name.toLowerCase())

/** One name of the paper that means different people or places: who wrote a prescription is not who dispenses it, who handled a record is not who works the till. */
const MORE_THAN_ONE: Readonly<Record<string, readonly string[]>> = {
  fixmedins_code: ['institutionCode', 'prescribingInstitutionCode'], fixmedins_name: ['institutionName', 'prescribingInstitutionName'], opter_id: ['handlerId', 'operatorId'], opter_name: ['handlerName', 'operatorName'],
  ec_token: ['pharmacistToken', 'voucherToken'], bilg_dr_name: ['billingDoctorName', 'prescriberName'],
}

describe('trade words', () => {
  it('are one for every name of the papers, in every transaction: no two fields are mixed up', () => {
    const words = new Map<string, Set<string>>()
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      for (const [, word = '', name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/^\s+(\w+): \['(\w+)', /gm)) words.set(oneSpelling(name), (words.get(oneSpelling(name)) ?? new Set()).add(word))
    }
    expect(words.size).toBeGreaterThan(400)
    expect(Object.fromEntries([...words].filter(([, all]) => all.size > 1).map(([name, all]) => [name, [...all].sort()]))).toEqual(MORE_THAN_ONE)
  })

  it('of the detail files stand in the columns of the paper, unless a profile says otherwise', () => {
    const { detail } = ReconcileSection.parse(undefined)
    expect(detail.ourColumns).toEqual(Object.keys(files['file:sent'].shape))
    expect(detail.theirColumns).toEqual(Object.keys(files['file:answered'].shape))
  })
})
