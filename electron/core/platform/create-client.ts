import type { Logger } from 'pino'
import { z } from 'zod'
import type { Instant } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { createCall, unknown } from './call.ts'
import { createAuditCalls } from './calls/audit-calls.ts'
import { createBatchCalls } from './calls/batch-calls.ts'
import type { CallParts } from './calls/call-parts.ts'
import { createFileCalls } from './calls/file-calls.ts'
import { createMappingCalls } from './calls/mapping-calls.ts'
import { createReconcileCalls } from './calls/reconcile-calls.ts'
import { checkFigures, checkSums } from './check-figures.ts'
import { cleanMessage } from './clean-message.ts'
import type { Booked, InsuredBasket, Operator, Outcome, PlatformClient } from './client.ts'
import { Contradicted } from './contradicted.ts'
import type { DeviceAddress } from './device-address.ts'
import { deviceAddress } from './device-address.ts'
import { createFileCall } from './file-call.ts'
import { createGateway } from './gateway.ts'
import type { Gateway } from './gateway.ts'
import { createLineMonitor } from './line-monitor.ts'
import { resolveKey } from './profile-file.ts'
import type { KeyReference, RegionProfile } from './profile.ts'
import { createSender } from './sender.ts'
import { createSoldElsewhereReader } from './sold-elsewhere-refusal.ts'
import { readRowResult } from './transactions/goods-row.ts'
import type { AnswerIdentity } from './transactions/settlement-answer.ts'
import { readBooked } from './transactions/settlement-answer.ts'
import * as t1101 from './transactions/t1101.ts'
import * as t1901 from './transactions/t1901.ts'
import * as t2001 from './transactions/t2001.ts'
import * as t2101 from './transactions/t2101.ts'
import * as t2102 from './transactions/t2102.ts'
import * as t2103 from './transactions/t2103.ts'
import * as t2601 from './transactions/t2601.ts'
import * as t3201 from './transactions/t3201.ts'
import * as t3505 from './transactions/t3505.ts'
import * as t3506 from './transactions/t3506.ts'
import * as t3513 from './transactions/t3513.ts'
import * as t3592b from './transactions/t3592b.ts'
import * as t5206 from './transactions/t5206.ts'
import * as t5301 from './transactions/t5301.ts'
import { createTransport } from './transport.ts'
import { createWireMask } from './wire-mask.ts'

export interface PlatformClientOptions {
  readonly profile: RegionProfile
  readonly db: WritableDb
  readonly clock: () => number
  readonly log: Logger
  /** For the messages themselves, masked; absent: the ordinary log. */
  readonly wireLog?: Logger
  /** Keys that the profile names. */
  readonly secrets: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly device?: DeviceAddress
  /** The way to the platform; absent: the one that the profile's transport describes. */
  readonly gateway?: Gateway
}

/** The client, and what only the end of a day needs. */
export interface PlatformConnection extends PlatformClient {
  /** 9002. The operator may not be able to sign in again the same day: only when the day is done. Nothing is sent when not signed in. */
  signOut(operator: Operator): Promise<Outcome<null>>
}

/** The line can be probed before anybody signed in. */
const NOBODY: Operator = { operatorId: '0000', operatorName: '药柜自检' }
const WHOLE_ID = /^\d{17}[\dX]$/

/** The platform client of one province over one gateway; client.ts says what it promises. Error profile.invalid when a key is missing. */
export const createPlatformClient = (options: PlatformClientOptions): PlatformConnection => {
  const { profile, db, clock, log, wireLog: wire = log } = options
  const { traceCodes, clearingOffice } = profile
  const environment = options.environment ?? process.env
  const mask = createWireMask(profile.wireNames)
  const keyOf = (reference: KeyReference): string => {
    const key = resolveKey(reference, options.secrets, environment)
    mask.hide(key)
    return key
  }
  const line = createLineMonitor(clock)
  const gateway = options.gateway ?? createGateway({ profile, transport: createTransport(profile, { keyOf, clock, hide: mask.hide }), clock })
  const call = createCall({ profile, gateway, line, log, wire, mask })
  const sender = createSender({ profile, db, clock, log, call, device: options.device ?? deviceAddress() })
  const { prepare, prepareSigned, ask, sendStored, understand, signOut } = sender
  const parts: CallParts = { profile, sender, fileCall: createFileCall({ profile, gateway, line, log, wire, mask }), clock, log, mask }
  const alreadyCancelled = new RegExp(profile.cancel.alreadyCancelledPattern, 'u')
  const alreadyUploaded = new RegExp(profile.upload.alreadyUploadedPattern, 'u')
  const soldElsewhereIn = createSoldElsewhereReader(profile.trace.soldElsewherePattern)
  const now = (): Instant => clock() as Instant

  const medType = (purchaseKind: string): string => {
    const kinds: Readonly<Record<string, { readonly medType: string }>> = profile.purchaseKinds
    return z.string('no such purchase kind in the profile').parse(Object.hasOwn(kinds, purchaseKind) ? kinds[purchaseKind]?.medType : undefined)
  }

  const checkBooked = (booked: Booked & AnswerIdentity, basket: InsuredBasket, ownMessageId: string | null): Booked => {
    const { personNumber, settlementMessageId, ...rest } = booked
    if (personNumber !== basket.person.personNumber) throw new Contradicted({ equation: 'the person who was asked about' })
    if (ownMessageId !== null && settlementMessageId !== ownMessageId) {
      if (profile.answers.foreignSettlementId === 'contradictory') throw new Contradicted({ equation: 'medins_setl_id = msgid' })
      log.warn({ messageId: ownMessageId }, 'the answer names another message than ours as its settlement')
    }
    const broken = checkFigures(booked.figures, basket)
    if (broken !== null) throw new Contradicted(broken)
    return rest
  }

  return {
    reconcile: createReconcileCalls(parts),
    files: createFileCalls(parts),
    audit: createAuditCalls(parts),
    mapping: createMappingCalls(parts),
    batch: createBatchCalls(parts),

    readPerson: (operator, credential) => ask(operator, { infno: '1101', schema: t1101.input, region: null, input: () => t1101.build(credential) }, (output) => {
      const person = t1101.read(output, businessDate(now()))
      const [asked, answered] = [credential.idNumber.toUpperCase(), person.idNumber.toUpperCase()]
      if (WHOLE_ID.test(asked) && WHOLE_ID.test(answered) && asked !== answered) throw new Contradicted({ equation: 'the person who was asked about' })
      return person
    }),
    readEntitlement: (operator, person, insurance, purchaseKind, diseaseCode, diseaseName) => ask(operator, {
      infno: '2001', schema: t2001.input, region: insurance.region,
      input: () => t2001.build({ personNumber: person.personNumber, insuranceType: insurance.insuranceType, institutionCode: profile.institution.code, medType: medType(purchaseKind), at: now(), diseaseCode, diseaseName }),
    }, t2001.read),
    readFilings: (operator, person, insurance) => ask(operator, { infno: '5301', schema: t5301.input, region: insurance.region, input: () => t5301.build(person.personNumber) }, t5301.read),
    readAccumulators: (operator, person, insurance) => ask(operator, { infno: '5206', schema: t5206.input, region: insurance.region, input: () => t5206.build(person.personNumber) }, t5206.read),
    trial: (operator, basket) => ask(operator, { infno: '2101', schema: t2101.input, region: basket.insurance.region, input: () => t2101.build(basket, medType(basket.purchaseKind)) },
      (output) => checkBooked(readBooked('trial', output, basket, clearingOffice), basket, null)),
    totals: (operator, totals) => ask(operator, { infno: '3201', schema: t3201.input, region: null, input: () => t3201.build(totals, clearingOffice) }, t3201.read),
    virtualCode: (operator, drug) => ask(operator, { infno: '3592B', schema: t3592b.input, region: null, input: () => t3592b.build(drug, profile.upload.uncodedNationalCode) }, t3592b.read),
    soldElsewhere: (operator, pack) => ask(operator, { infno: '3513', schema: t3513.inputOf(profile), region: null, input: () => t3513.build(pack, profile) },
      (output) => t3513.read(output, { code: pack.code, ourInstitution: profile.institution.code })),
    refusedAsSoldElsewhere: (outcome) => (outcome.kind === 'refused' ? soldElsewhereIn(outcome.raw) : null),

    prepareSettle: (operator, basket) => prepareSigned(operator, {
      infno: '2102', schema: t2102.inputOf(traceCodes), region: basket.insurance.region, input: () => t2102.build(basket, medType(basket.purchaseKind), traceCodes),
    }),
    prepareCancel: (operator, settlement) => prepareSigned(operator, { infno: '2103', schema: t2103.input, region: settlement.region, input: () => t2103.build(settlement) }),
    prepareReverse: (operator, original) => prepareSigned(operator, { infno: '2601', schema: t2601.input, region: original.region, input: () => t2601.build(original) }),
    prepareUpload: (operator, goods, direction) => prepareSigned(operator, {
      region: goods.insured?.region ?? null,
      ...(direction === 'sale'
        ? { infno: '3505', schema: t3505.inputOf(profile), input: () => t3505.build(goods, profile) }
        : { infno: '3506', schema: t3506.inputOf(profile), input: () => t3506.build(goods, profile) }),
    }),

    sendSettle: async (message, basket) =>
      understand(await sendStored(message), message.infno, (output) => checkBooked(readBooked('settled', output, basket, clearingOffice), basket, message.messageId)),
    sendCancel: async (message) => {
      const reply = await sendStored(message)
      if (reply.kind === 'refused' && alreadyCancelled.test(reply.message)) return { kind: 'answered', value: { alreadyCancelled: true, figures: null, cancelledAt: null }, raw: reply.raw }
      return understand(reply, message.infno, (output) => {
        const booked = t2103.read(output)
        const broken = checkSums(booked.figures)
        if (broken !== null) throw new Contradicted(broken)
        return { alreadyCancelled: false, ...booked }
      })
    },
    sendReverse: async (message) => understand(await sendStored(message), message.infno, () => ({ note: '' })),
    sendUpload: async (message) => {
      const { infno } = message
      const reply = await sendStored(message)
      if (reply.kind === 'refused' && alreadyUploaded.test(reply.message)) return { kind: 'answered', value: { alreadyUploaded: true }, raw: reply.raw }
      const outcome = understand(reply, infno, readRowResult)
      if (outcome.kind !== 'answered') return outcome
      const { value: row, raw } = outcome
      if (row.kind === 'refused') {
        const words = mask.words(cleanMessage(row.message))
        if (alreadyUploaded.test(words)) return { kind: 'answered', value: { alreadyUploaded: true }, raw }
        return { kind: 'refused', code: 'upload.row-refused', detail: { infno, text: words }, raw }
      }
      if (row.kind === 'not-told' && profile.upload.rowResult === 'required') return unknown('platform.unexpected-answer', { infno, field: 'result.retRslt', problem: 'missing text' }, raw)
      return { kind: 'answered', value: { alreadyUploaded: false }, raw }
    },

    signOut,
    probe: async (operator) => {
      const prepared = prepare(operator ?? NOBODY, { infno: '1901', schema: t1901.input, region: null, input: () => t1901.build(profile.envelope.admvs, businessDate(now())) })
      if (prepared.kind === 'prepared') await call(prepared.message)
      return line.report()
    },
    line: line.report,
    onLine: line.onChange,
    close: gateway.close,
  }
}
