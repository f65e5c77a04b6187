import type { ReactNode } from 'react'

export type Mark = 'ready' | 'accept' | 'notice' | 'ask' | 'repeat' | 'step' | 'stop'

/** Every kind of answer has its own outline: told apart without colour and at arm's length. */
const SHAPES: Readonly<Record<Mark, ReactNode>> = {
  ready: (
    <>
      <rect x="6" y="12" width="44" height="32" rx="2" />
      <path d="M14 20v16M20 20v16M24 20v16M31 20v16M35 20v16M42 20v16" />
    </>
  ),
  accept: (
    <>
      <circle cx="28" cy="28" r="23" className="fill" />
      <path d="M17 29l8 8 15-17" className="on-fill" />
    </>
  ),
  notice: (
    <>
      <circle cx="28" cy="28" r="23" />
      <path d="M28 25v15M28 15.5v1" className="thick" />
    </>
  ),
  ask: (
    <>
      <path d="M28 3l25 25-25 25L3 28z" className="fill" />
      <path d="M21.500 22c0-8 13-8 13 0 0 5-6.500 5-6.500 11M28 39v1" className="on-fill" />
    </>
  ),
  repeat: (
    <>
      <rect x="6" y="6" width="44" height="44" rx="10" />
      <path d="M38 24a11 11 0 1 0 1 9M39 16v9h-9" className="thick" />
    </>
  ),
  step: (
    <>
      <path d="M28 6l24 42H4z" />
      <path d="M28 22v12M28 40v1" className="thick" />
    </>
  ),
  stop: (
    <>
      <path d="M18 3h20l15 15v20L38 53H18L3 38V18z" className="fill" />
      <path d="M19 19l18 18M37 19L19 37" className="on-fill" />
    </>
  ),
}

export const VerdictMark = ({ mark }: { readonly mark: Mark }): ReactNode => (
  <svg className="verdict-mark" viewBox="0 0 56 56" aria-hidden="true" data-mark={mark}>
    {SHAPES[mark]}
  </svg>
)
