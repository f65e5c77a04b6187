import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import { ageOn } from '../../../domain/calendar.ts'
import { neededText, row, rows, someAmount, someDate, someTenths, someText, someTime } from '../answer-fields.ts'
import type { PlatformInsurance, PlatformPerson, ResolvedCredential } from '../client.ts'
import { dateTime, text } from '../wire-fields.ts'
import { SOCIAL_CARD, credentialType } from './wire-values.ts'

/** 1101 person: who the credential belongs to and how they are insured. */
export const input = z.strictObject({
  data: z.strictObject({
    mdtrt_cert_type: text(3, 'mdtrt_cert_type'),
    mdtrt_cert_no: text(50),
    card_sn: text(32).optional(),
    begntime: dateTime().optional(),
    psn_cert_type: text(6, 'psn_cert_type'),
    certno: text(50),
    psn_name: text(50),
  }).refine((data) => data.mdtrt_cert_type !== SOCIAL_CARD || data.card_sn !== undefined, { path: ['card_sn'], message: 'required for a social card' }),
})

export const build = (credential: ResolvedCredential): z.infer<typeof input> => input.parse({
  data: {
    mdtrt_cert_type: credentialType(credential),
    mdtrt_cert_no: credential.number,
    card_sn: credential.cardSerial ?? undefined,
    psn_cert_type: credential.idType,
    certno: credential.idNumber,
    psn_name: credential.name,
  },
})

/** Names that other areas use (platform.md §2). */
const ALIASES = { insu_admdvs: 'insuplc_admdvs' } as const
const renamed = (value: unknown): unknown =>
  typeof value !== 'object' || value === null ? value : Object.fromEntries(Object.entries(value).map(([name, field]) => [name in ALIASES ? ALIASES[name as keyof typeof ALIASES] : name, field]))

export const outputNodes = {
  baseinfo: z.object({
    psn_no: neededText(30), psn_cert_type: neededText(6, 'psn_cert_type'), certno: neededText(50), psn_name: neededText(50), gend: someText(6, 'gend'), naty: someText(3, 'naty'), brdy: someDate(), age: someTenths(), exp_content: someText(4000),
  }),
  insuinfo: z.object({
    balc: someAmount(), insutype: neededText(6, 'insutype'), psn_type: neededText(6, 'psn_type'), psn_insu_stas: someText(6, 'psn_insu_stas'), psn_insu_date: someDate(), paus_insu_date: someDate(), cvlserv_flag: someText(3, 'cvlserv_flag'),
    insuplc_admdvs: neededText(6), emp_name: someText(200),
  }),
  idetinfo: z.object({ psn_idet_type: someText(3, 'psn_idet_type'), psn_type_lv: someText(3, 'disa_lv'), memo: someText(500), begntime: someTime(), endtime: someTime() }),
}
const output = row(z.object({ baseinfo: row(outputNodes.baseinfo), insuinfo: rows(z.preprocess(renamed, outputNodes.insuinfo)), idetinfo: rows(outputNodes.idetinfo).optional() }))

const GENDERS: Readonly<Record<string, PlatformPerson['gender']>> = { 1: 'male', 2: 'female' }

const toInsurance = (info: z.infer<typeof outputNodes.insuinfo>): PlatformInsurance => ({
  insuranceType: info.insutype,
  personType: info.psn_type,
  // Where an area sends no state, an insurance that was never paused counts; 1 = 正常参保.
  active: info.psn_insu_stas === '' ? info.paus_insu_date === null : info.psn_insu_stas === '1',
  balanceFen: info.balc,
  civilServant: info.cvlserv_flag === '1',
  region: info.insuplc_admdvs,
})

/** Throws ZodError when the answer says too little about the person. */
export const read = (answer: unknown, today: BusinessDate): PlatformPerson => {
  const { baseinfo, insuinfo } = output.parse(answer)
  const years = baseinfo.brdy === null ? null : ageOn(baseinfo.brdy, today)
  return {
    personNumber: baseinfo.psn_no,
    name: baseinfo.psn_name,
    idType: baseinfo.psn_cert_type,
    idNumber: baseinfo.certno,
    gender: GENDERS[baseinfo.gend] ?? 'unknown',
    ageTenths: z.int('missing age').parse(baseinfo.age ?? (years === null ? null : years * 10)),
    bornOn: baseinfo.brdy,
    insurances: insuinfo.map(toInsurance),
  }
}
