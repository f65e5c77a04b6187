import type { z } from 'zod'
import { alarmProcedures } from './alarm.ts'
import { catalogueProcedures } from './catalogue.ts'
import { claimCheckProcedures } from './claim-decision.ts'
import { drugProcedures } from './drug.ts'
import { goodsProcedures } from './goods.ts'
import { mapProcedures } from './map.ts'
import { mappingProcedures } from './mapping.ts'
import { ledgerProcedures } from './ledger.ts'
import { messageProcedures } from './message.ts'
import { outboxProcedures } from './outbox.ts'
import { personProcedures } from './person.ts'
import { practiceProcedures } from './practice.ts'
import type { Procedure } from './procedure.ts'
import { receiptProcedures } from './receipt.ts'
import { recallProcedures } from './recall.ts'
import { reconcileProcedures } from './reconcile.ts'
import { returnProcedures } from './returns.ts'
import { saleProcedures } from './sale.ts'
import { sessionProcedures } from './session.ts'
import { systemProcedures } from './system.ts'
import { traceProcedures } from './trace.ts'
import { uncodedProcedures } from './uncoded.ts'

/** Everything the UI and core say to each other. Names `area.verbNoun` are also the audit log's actions. */
export const contract = {
  ...systemProcedures,
  ...sessionProcedures,
  ...drugProcedures,
  ...goodsProcedures,
  ...traceProcedures,
  ...ledgerProcedures,
  ...mapProcedures,
  ...mappingProcedures,
  ...catalogueProcedures,
  ...personProcedures,
  ...saleProcedures,
  ...claimCheckProcedures,
  ...returnProcedures,
  ...uncodedProcedures,
  ...recallProcedures,
  ...receiptProcedures,
  ...outboxProcedures,
  ...messageProcedures,
  ...reconcileProcedures,
  ...alarmProcedures,
  ...practiceProcedures,
} satisfies Record<string, Procedure>

export type Contract = typeof contract
export type ProcedureName = keyof Contract
type OfKind<K extends Procedure['kind']> = { [N in ProcedureName]: Contract[N] extends { readonly kind: K } ? N : never }[ProcedureName]
export type QueryName = OfKind<'query'>
export type CommandName = OfKind<'command'>
export type StreamName = OfKind<'stream'>
/** What a caller passes (defaults may be left out). */
export type Input<N extends ProcedureName> = z.input<Contract[N]['input']>
/** What a handler receives (defaults filled in). */
export type ParsedInput<N extends ProcedureName> = z.output<Contract[N]['input']>
export type Output<N extends ProcedureName> = z.output<Contract[N]['output']>

export * from './alarm.ts'
export * from './catalogue.ts'
export * from './claim-check.ts'
export * from './claim-decision.ts'
export * from './codes.ts'
export * from './devices.ts'
export * from './drug.ts'
export * from './errors.ts'
export * from './goods.ts'
export * from './ledger.ts'
export * from './map.ts'
export * from './mapping.ts'
export * from './money.ts'
export * from './message.ts'
export * from './outbox.ts'
export * from './person.ts'
export * from './practice.ts'
export type { Permission, Procedure } from './procedure.ts'
export * from './receipt.ts'
export * from './recall.ts'
export * from './reconcile.ts'
export * from './returns.ts'
export * from './sale.ts'
export * from './scan.ts'
export * from './session.ts'
export * from './settlement.ts'
export * from './system.ts'
export * from './time.ts'
export * from './trace.ts'
export * from './uncoded.ts'
export * from './wire.ts'
