/** From a page to the others. */
const ELSEWHERE = {
  title: 'group-sales',
  keys: [
    { names: ['F7'], text: 'sales' },
    { names: ['F10'], text: 'menu' },
    { names: ['F12'], text: 'lock' },
  ],
} as const

/** Keys of the help, grouped as the cashier works. `text`: a key under `help.` of the language files. */
export const HELP = {
  till: [
    {
      title: 'group-scan',
      keys: [
        { names: ['F2'], text: 'find' },
        { names: ['a', '…', 'z'], text: 'type-find' },
        { names: ['↑', '↓'], text: 'select' },
        { names: ['0', '…', '9', 'Enter'], text: 'digits' },
        { names: ['+', '−'], text: 'step' },
        { names: ['Delete'], text: 'void' },
        { names: ['F11'], text: 'split' },
        { names: ['F11', 'F11'], text: 'take-uncoded' },
      ],
    },
    {
      title: 'group-person',
      keys: [
        { names: ['F3'], text: 'person' },
        { names: ['Insert'], text: 'reveal' },
        { names: ['F4'], text: 'purchase' },
      ],
    },
    {
      title: 'group-settle',
      keys: [
        { names: ['F8'], text: 'trial' },
        { names: ['F9'], text: 'settle' },
        { names: ['/'], text: 'claim-open' },
        { names: ['Enter'], text: 'enter' },
        { names: ['Escape'], text: 'escape' },
      ],
    },
    {
      title: 'group-sales',
      keys: [
        { names: ['F5'], text: 'hold' },
        { names: ['F6'], text: 'recall' },
        { names: ['F7'], text: 'sales' },
        { names: ['F10'], text: 'menu' },
        { names: ['F12'], text: 'lock' },
      ],
    },
  ],
  pack: [
    {
      title: 'group-ledger',
      keys: [
        { names: ['a', '…', 'z'], text: 'ledger-type' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Enter'], text: 'ledger-open' },
        { names: ['F2'], text: 'ledger-by' },
        { names: ['F3'], text: 'ledger-patient' },
        { names: ['F4'], text: 'ledger-states' },
        { names: ['Escape'], text: 'ledger-back' },
      ],
    },
    {
      title: 'group-pack',
      keys: [
        { names: ['F4'], text: 'ledger-why' },
        { names: ['1', '…', '0', 'Enter'], text: 'ledger-fix' },
        { names: ['F3'], text: 'ledger-sees' },
        { names: ['F7'], text: 'ledger-sale' },
        { names: ['F8'], text: 'ledger-lock' },
        { names: ['Delete'], text: 'ledger-destroy' },
        { names: ['F11'], text: 'ledger-transfer' },
      ],
    },
  ],
  map: [
    {
      title: 'group-map',
      keys: [
        { names: ['F2'], text: 'map-look-up' },
        { names: ['F4'], text: 'map-tab' },
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Enter'], text: 'open-row' },
        { names: ['F9'], text: 'map-confirm' },
        { names: ['Delete'], text: 'map-revoke' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
    ELSEWHERE,
  ],
  mapping: [
    {
      title: 'group-mapping',
      keys: [
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['F4'], text: 'mapping-tab' },
        { names: ['F9'], text: 'mapping-upload' },
        { names: ['F6'], text: 'mapping-upload-ready' },
        { names: ['F11'], text: 'mapping-withdraw' },
        { names: ['F8'], text: 'mapping-read' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
    ELSEWHERE,
  ],
  catalogue: [
    {
      title: 'group-catalogue',
      keys: [
        { names: ['a', '…', 'z'], text: 'catalogue-search' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['F9'], text: 'catalogue-update' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
    ELSEWHERE,
  ],
  goods: [
    {
      title: 'group-goods',
      keys: [
        { names: ['Enter'], text: 'open-row' },
        { names: ['F2'], text: 'goods-import' },
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['F4'], text: 'goods-turn' },
        { names: ['F6'], text: 'goods-packages' },
        { names: ['F8'], text: 'goods-end' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
  ],
  uncoded: [
    {
      title: 'group-uncoded',
      keys: [
        { names: ['F2'], text: 'uncoded-add' },
        { names: ['F4'], text: 'uncoded-closed' },
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Enter'], text: 'open-row' },
        { names: ['F8'], text: 'uncoded-close' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
  ],
  alarm: [
    {
      title: 'group-alarm',
      keys: [
        { names: ['Enter'], text: 'alarm-act' },
        { names: ['F2'], text: 'alarm-add' },
        { names: ['F4'], text: 'alarm-closed' },
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
  ],
  recall: [
    {
      title: 'group-recall',
      keys: [
        { names: ['F2'], text: 'recall-add' },
        { names: ['F4'], text: 'recall-lifted' },
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['F8'], text: 'recall-lift' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
  ],
  sales: [
    {
      title: 'group-return',
      keys: [
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Enter'], text: 'open-row' },
        { names: ['F4'], text: 'return-damaged' },
        { names: ['F6'], text: 'return-unscannable' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
  ],
  page: [
    {
      title: 'group-list',
      keys: [
        { names: ['a', '…', 'z'], text: 'filter' },
        { names: ['↑', '↓'], text: 'select-row' },
        { names: ['Enter'], text: 'open-row' },
        { names: ['F9'], text: 'run' },
        { names: ['Escape'], text: 'page-back' },
      ],
    },
    ELSEWHERE,
  ],
} as const
