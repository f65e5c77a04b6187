import type { z } from 'zod'

/** Who may call: `public` before sign-in; the rest by role (session.ts). */
export type Permission = 'public' | 'cashier' | 'pharmacist' | 'manager'

/**
 * query: no effect. command: has an effect and carries a `commandId`; a repeat returns the stored answer. stream: core pushes until unsubscribed.
 * `audit`: an accepted call leaves a row in the audit log under its name.
 */
export interface Procedure<K extends 'query' | 'command' | 'stream' = 'query' | 'command' | 'stream', I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: K
  readonly input: I
  readonly output: O
  readonly permission: Permission
  readonly audit: boolean
}

interface Spec<I, O> { readonly input: I; readonly output: O; readonly permission?: Permission; readonly audit?: boolean }

export const query = <I extends z.ZodType, O extends z.ZodType>(s: Spec<I, O>): Procedure<'query', I, O> =>
  ({ kind: 'query', permission: 'cashier', audit: false, ...s })
export const command = <I extends z.ZodType, O extends z.ZodType>(s: Spec<I, O>): Procedure<'command', I, O> =>
  ({ kind: 'command', permission: 'cashier', audit: true, ...s })
export const stream = <I extends z.ZodType, O extends z.ZodType>(s: Spec<I, O>): Procedure<'stream', I, O> =>
  ({ kind: 'stream', permission: 'cashier', audit: false, ...s })
