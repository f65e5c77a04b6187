// @ts-check
import { WORDS } from './words.js'

/** @typedef {{ seq: number, at: number, infno: string, name: string, msgid: string, person: string, outcome: string, text: string, ms: number, faults: string[] }} Line */
/** @typedef {{ kind: 'node', depth: number, code: string, row: number | null } | { kind: 'field', depth: number, code: string, name: string, value: string, meaning: string, personal: boolean, blamed: boolean }} Row */
/** @typedef {{ id: string, columns: { id: string, kind: string }[], rows: (string | number | null)[][], total: number }} Table */

/** @param {string} name @param {string} otherwise */
const remembered = (name, otherwise) => {
  try {
    return localStorage.getItem(name) ?? otherwise
  } catch {
    return otherwise
  }
}
/** @param {string} name @param {string} value */
const remember = (name, value) => {
  try {
    localStorage.setItem(name, value)
  } catch {
    /* a private window forgets */
  }
}

let language = /** @type {'zh-CN' | 'en'} */ (remembered('practice-language', 'zh-CN') === 'en' ? 'en' : 'zh-CN')
// The key stays out of the address bar's history and out of every request line.
let key = new URLSearchParams(location.hash.slice(1)).get('key') ?? ''
if (key !== '') history.replaceState(null, '', location.pathname)
else {
  try {
    key = sessionStorage.getItem('practice-key') ?? ''
  } catch {
    /* asked for */
  }
}

/** @type {{ state: any, tables: Table[], lines: Line[], tab: string, open: number | null, one: any, raw: boolean, personal: boolean, infno: string, msgid: string, person: string, paused: boolean, waiting: Line[], live: boolean, fresh: Set<number> }} */
const view = { state: null, tables: [], lines: [], tab: 'settlements', open: null, one: null, raw: false, personal: false, infno: '', msgid: '', person: '', paused: false, waiting: [], live: false, fresh: new Set() }

/** @param {string} name @returns {string} */
const t = (name) => /** @type {Record<string, string>} */ (WORDS[language])[name] ?? name

/** @param {string} tag @param {Record<string, any>} [props] @param {...(Node | string | null | false)} children @returns {HTMLElement} */
const h = (tag, props = {}, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'value' || name === 'checked' || name === 'selected') /** @type {any} */ (element)[name] = value
    else if (value !== false && value !== null) element.setAttribute(name, String(value))
  }
  element.append(...children.filter((child) => child !== null && child !== false).map((child) => child))
  return element
}

/** @param {string} path @param {RequestInit} [init] */
const ask = (path, init = {}) => fetch(path, { ...init, headers: { _api_access_key: key, 'content-type': 'application/json', ...init.headers } })
/** @param {string} path */
const read = async (path) => {
  const answer = await ask(path)
  if (answer.status === 401) throw new Error('key')
  return answer.json()
}

const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
/** Shanghai's time, whatever the trainer's computer says. @param {number} at @param {boolean} [fine] */
const time = (at, fine = false) => {
  const d = new Date(at + 8 * 3_600_000)
  const day = `${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} `
  const clock = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
  return fine ? `${clock}.${String(d.getUTCMilliseconds()).padStart(3, '0')}` : day + clock
}
/** @param {number} fen */
const yuan = (fen) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
/** @param {string} person */
const labelOf = (person) => view.state?.people.find((/** @type {any} */ one) => one.key === person)?.label ?? person

const TONES = /** @type {Record<string, string>} */ ({
  accepted: 'good', local: '', refused: 'stop', 'row-refused': 'stop', gateway: 'stop', failed: 'stop', lost: 'ask',
  booked: 'good', cancelled: '', reversed: 'ask', 'never-booked': 'ask', sold: 'good', returned: '', in: 'good', out: '', used: '', 'rx-1': 'good', 'rx-2': 'ask', 'rx-3': 'stop', 'rx-4': 'stop',
  'repeated-code': 'stop', 'split-repeat': 'ask', 'foreign-identifier': 'stop',
})
/** @param {string} value @param {string} [prefix] */
const chip = (value, prefix = '') => h('span', { class: `chip ${TONES[value] ?? ''}` }, t(prefix + value))

// ── books ──────────────────────────────────────────────────────────────────────────────────────
/** @param {string | number | null} value @param {string} kind */
const cell = (value, kind) => {
  if (value === null || value === '') return h('td', { class: 'dim' }, '—')
  switch (kind) {
    case 'fen':
      return h('td', { class: `num${value === 0 ? ' zero' : ''}` }, yuan(Number(value)))
    case 'count':
      return h('td', { class: 'num' }, String(value))
    case 'time':
      return h('td', {}, time(Number(value)))
    case 'state':
      return h('td', {}, chip(String(value)))
    case 'person':
      return h('td', { class: 'wrap' }, labelOf(String(value)))
    case 'id':
      return h('td', { class: 'mono', title: String(value) }, String(value))
    default:
      return h('td', {}, String(value))
  }
}
/** @type {Map<string, string>} */
const rowsBefore = new Map()
const booksPane = () => {
  const table = view.tables.find(({ id }) => id === view.tab) ?? view.tables[0]
  const before = new Set((rowsBefore.get(table?.id ?? '') ?? '').split('\n'))
  if (table !== undefined) {
    const now = table.rows.map((row) => JSON.stringify(row)).join('\n')
    if (!rowsBefore.has(table.id)) for (const line of now.split('\n')) before.add(line)
    rowsBefore.set(table.id, now)
  }
  return h(
    'section', { class: 'pane', 'data-testid': 'books' },
    h('nav', { class: 'tabs', role: 'tablist', 'aria-label': t('books') }, ...view.tables.map(({ id, total }) =>
      h('button', { role: 'tab', 'aria-selected': id === table?.id, 'data-testid': `tab-${id}`, onclick: () => { view.tab = id; draw() } }, t(`tab.${id}`), h('sup', {}, String(total))),
    )),
    h('div', { class: 'scroll' },
      table === undefined || table.rows.length === 0
        ? h('p', { class: 'empty' }, t('empty'))
        : h('table', { 'data-testid': `table-${table.id}` },
            h('thead', {}, h('tr', {}, ...table.columns.map(({ id, kind }) => h('th', { class: kind === 'fen' || kind === 'count' ? 'num' : '' }, t(`col.${id}`))))),
            h('tbody', {}, ...table.rows.map((row) => h('tr', { class: before.has(JSON.stringify(row)) ? '' : 'is-new' }, ...row.map((value, index) => cell(value, table.columns[index]?.kind ?? 'text'))))),
          ),
      table !== undefined && table.total > table.rows.length && h('p', { class: 'empty' }, `${t('shown')} ${table.rows.length} ${t('of')} ${table.total}`),
    ),
  )
}

// ── one message ────────────────────────────────────────────────────────────────────────────────
/** @param {Row} row */
const rowView = (row) => {
  if (row.kind === 'node') return h('div', { class: `node d${Math.min(row.depth, 4)}` }, row.code, row.row === null ? '' : ` #${row.row}`)
  const empty = row.value === '' || row.value === 'null'
  return h('div', { class: `field${row.blamed ? ' is-blamed' : ''}${row.personal ? ' is-personal' : ''}`, 'data-code': row.code },
    h('span', { class: `d${Math.min(row.depth, 4)}`, title: row.name === '' ? t('unknown') : '' }, row.name === '' ? h('span', { class: 'dim' }, '—') : row.name, h('span', { class: 'code mono' }, row.code)),
    h('span', { class: `value${empty ? ' is-empty' : ''}` }, empty ? (row.value === '' ? t('nothing') : 'null') : row.value, row.meaning !== '' && h('span', { class: 'meaning' }, row.meaning)),
  )
}
/** @param {string} title @param {Row[]} rows @param {string} nothing @param {string} testid */
const side = (title, rows, nothing, testid) =>
  h('div', { class: 'side', 'data-testid': testid }, h('h3', {}, title), ...(rows.length === 0 ? [h('p', { class: 'empty' }, nothing)] : rows.map(rowView)))
const onePane = () => {
  const { one } = view
  return h(
    'section', { class: 'pane one', 'data-testid': 'message' },
    h('header', {}, h('button', { 'data-testid': 'message-close', onclick: () => open(null) }, `← ${t('back')}`), h('h2', {}, one.infno), h('span', { class: 'what' }, one.name), chip(one.outcome, 'out.')),
    h('div', { class: 'facts' },
      h('span', {}, time(one.at, true)), h('span', {}, `${t('took')} ${one.ms} ms`), one.person !== '' && h('span', {}, labelOf(one.person)), one.msgid !== '' && h('span', { class: 'mono' }, one.msgid),
      ...one.faults.map((/** @type {string} */ fault) => h('span', { class: 'chip ask' }, t(`fault.${fault}`))),
    ),
    one.text !== '' && one.outcome !== 'local' && h('div', { class: `because${one.outcome === 'lost' ? ' is-lost' : ''}`, 'data-testid': 'because' }, one.outcome === 'lost' ? textOf(one) : `${t('refused_because')}${language === 'en' ? ': ' : '：'}${one.text}`),
    h('div', { class: 'scroll' }, h('div', { class: 'sides' }, side(t('sent'), one.sent, t('not-sent'), 'side-sent'), side(t('answered'), one.answered, t('not-answered'), 'side-answered'))),
  )
}

/** How a call was lost is said by the server in its log's words. @param {Line} line */
const textOf = (line) => {
  if (line.outcome !== 'lost') return line.text
  if (line.text.startsWith('answer lost: accepted')) return t('lost.booked')
  if (line.text.startsWith('answer lost')) return `${t('lost.refused')} ${line.text.replace(/^answer lost: [\w-]+ ?/, '')}`
  return ({ 'before booking': t('lost.before'), 'cut off': t('lost.cut'), 'request aborted': t('lost.aborted') })[line.text] ?? line.text
}

// ── messages ───────────────────────────────────────────────────────────────────────────────────
const shownLines = () =>
  view.lines.filter((line) =>
    (view.infno === '' || line.infno.toLowerCase().includes(view.infno.toLowerCase()) || line.name.includes(view.infno)) &&
    (view.msgid === '' || line.msgid.includes(view.msgid)) &&
    (view.person === '' || line.person === view.person))
/** @param {Line} line */
const lineView = (line) =>
  h('button', { class: `msg${view.fresh.has(line.seq) ? ' is-new' : ''}`, 'data-testid': 'line', 'data-infno': line.infno, 'data-outcome': line.outcome, 'aria-current': view.open === line.seq, onclick: () => open(line.seq) },
    h('span', { class: 'dim' }, time(line.at, true)), h('span', { class: 'infno mono' }, line.infno || '—'),
    h('span', { class: 'what' }, line.name, line.person !== '' && h('span', { class: 'dim' }, ` · ${labelOf(line.person)}`)),
    h('span', { class: 'end' }, ...line.faults.map((fault) => h('span', { class: 'chip ask' }, t(`fault.${fault}`))), chip(line.outcome, 'out.')),
    h('span', { class: 'ms' }, `${line.ms < 10 ? line.ms.toFixed(1) : Math.round(line.ms)} ms`),
    line.text !== '' && line.outcome !== 'local' && line.outcome !== 'accepted' && h('span', { class: `why${line.outcome === 'lost' ? ' is-lost' : ''}` }, textOf(line).slice(0, 160)),
  )
const listBody = () => {
  const lines = shownLines()
  return lines.length === 0 ? [h('p', { class: 'empty' }, t('none'))] : lines.slice(0, 400).map(lineView)
}
/** @param {'infno' | 'msgid'} name */
const filter = (name) => h('input', { type: 'search', placeholder: t(name), 'aria-label': t(name), value: view[name], 'data-testid': `filter-${name}`, oninput: (/** @type {any} */ event) => { view[name] = event.target.value.trim(); drawList() } })
const messagesPane = () =>
  h(
    'section', { class: 'pane', 'data-testid': 'messages' },
    h('header', {}, h('h2', {}, t('messages')),
      h('div', { class: 'filters' }, filter('infno'), filter('msgid'),
        h('select', { 'aria-label': t('person'), 'data-testid': 'filter-person', onchange: (/** @type {any} */ event) => { view.person = event.target.value; drawList() } },
          h('option', { value: '' }, t('anyone')), ...view.state.people.map((/** @type {any} */ person) => h('option', { value: person.key, selected: person.key === view.person }, person.label))),
        h('button', { 'aria-pressed': view.paused, 'data-testid': 'pause', onclick: () => pause(!view.paused) }, t(view.paused ? 'resume' : 'pause')),
      )),
    h('div', { class: 'scroll', id: 'list' },
      ...(view.waiting.length > 0 ? [h('button', { class: 'newer', onclick: () => pause(false) }, `${view.waiting.length} ${t('newer')}`)] : []), ...listBody()),
  )

// ── the whole ──────────────────────────────────────────────────────────────────────────────────
const wordsOf = (/** @type {any} */ pack) => (language === 'en' ? pack.en : pack.zh)
const clockText = () => {
  const { kind, shiftMinutes } = view.state.clock
  return [kind === 'true' ? '' : t(kind), shiftMinutes === 0 ? '' : `${t('shift')} ${shiftMinutes} ${t('minutes')}`].filter((part) => part !== '').join(' · ')
}
const bar = () => {
  const { state } = view
  return h('header', { class: 'bar' },
    h('span', { class: 'seal', 'aria-hidden': 'true' }, '省'),
    h('div', {}, h('h1', {}, t('title')), h('div', { class: 'under' }, h('span', { class: `dot${view.live ? '' : ' is-lost'}`, 'data-testid': 'live', 'data-live': view.live }), view.live ? t('subtitle') : t('lost'))),
    h('span', { class: 'gap' }),
    state.down && h('span', { class: 'chip stop', 'data-testid': 'down' }, t('down')),
    h('label', {}, h('span', { class: 'subtle' }, t('lesson')),
      h('select', { 'data-testid': 'lesson', onchange: (/** @type {any} */ event) => void play(event.target.value) },
        ...state.packs.map((/** @type {any} */ pack) => h('option', { value: pack.name, selected: pack.name === (state.playing ?? 'all-well') }, wordsOf(pack).title)))),
    h('button', { 'aria-pressed': view.personal, 'data-testid': 'personal', onclick: () => { view.personal = !view.personal; void refresh() } }, t('personal')),
    h('button', { 'data-testid': 'export', onclick: () => void exportRun() }, t('export')),
    h('button', { 'data-testid': 'language', onclick: () => { language = language === 'en' ? 'zh-CN' : 'en'; remember('practice-language', language); draw() } }, t('language')),
    h('div', { class: 'clock' }, h('b', { id: 'clock' }, state.clock.local.slice(11)), h('div', { class: 'under' }, `${state.clock.local.slice(0, 10)} ${clockText()}`)),
  )
}
const lessonStrip = () => {
  const pack = view.state.packs.find((/** @type {any} */ one) => one.name === view.state.playing)
  if (pack === undefined) return h('div', { class: 'lesson' })
  const words = wordsOf(pack)
  return h('div', { class: 'lesson is-playing', 'data-testid': 'lesson-strip' }, h('b', {}, words.title), h('p', {}, words.happens), h('p', { class: 'todo' }, words.todo),
    h('button', { 'data-testid': 'lesson-end', onclick: () => void play('all-well') }, t('end')))
}

const drawList = () => {
  const list = document.getElementById('list')
  list?.replaceChildren(...(view.waiting.length > 0 ? [h('button', { class: 'newer', onclick: () => pause(false) }, `${view.waiting.length} ${t('newer')}`)] : []), ...listBody())
}
/** What the bar and the layout depend on; a list that is open must not be drawn anew for every message. */
const frame = () => JSON.stringify([language, view.live, view.personal, view.paused, view.open, view.tab, view.state?.playing, view.state?.down, view.state?.clock.kind, view.state?.clock.shiftMinutes])
let drawnFrame = ''
/** What new messages change: the left pane and the list. */
const drawParts = () => {
  const pane = document.querySelector('main > .pane')
  if (pane === null || drawnFrame !== frame()) return draw()
  const scrolled = pane.querySelector('.scroll')?.scrollTop ?? 0
  const fresh = view.one === null ? booksPane() : onePane()
  pane.replaceWith(fresh)
  const scroll = fresh.querySelector('.scroll')
  if (scroll !== null) scroll.scrollTop = scrolled
  drawList()
}
const draw = () => {
  drawnFrame = frame()
  const focused = document.activeElement?.getAttribute('data-testid') ?? null
  const scrolled = [...document.querySelectorAll('.scroll')].map(({ scrollTop }) => scrollTop)
  const same = document.querySelectorAll('.one').length === (view.one === null ? 0 : 1)
  document.documentElement.lang = language
  document.title = t('title')
  if (view.state === null) document.body.replaceChildren(gate(''))
  else document.body.replaceChildren(bar(), lessonStrip(), h('main', { class: view.one === null ? '' : 'has-one' }, view.one === null ? booksPane() : onePane(), messagesPane()))
  if (same) document.querySelectorAll('.scroll').forEach((element, index) => { element.scrollTop = scrolled[index] ?? 0 })
  const again = focused === null || focused === 'line' ? null : document.querySelector(`[data-testid="${focused}"]`)
  if (again instanceof HTMLElement) again.focus()
  if (again instanceof HTMLInputElement) again.setSelectionRange(again.value.length, again.value.length)
}

/** @param {string} wrong @returns {HTMLElement} */
const gate = (wrong) => {
  const input = /** @type {HTMLInputElement} */ (h('input', { type: 'password', 'aria-label': t('key'), placeholder: t('key'), 'data-testid': 'key' }))
  const enter = () => { key = input.value.trim(); void start() }
  return h('div', { class: 'gate' }, h('h1', {}, t('title')), input, h('button', { onclick: enter, 'data-testid': 'enter' }, t('enter')), h('p', { class: 'wrong', role: 'alert' }, wrong))
}

/** @param {number | null} seq */
const open = async (seq) => {
  view.open = seq
  view.one = seq === null ? null : await read(`/ui/data/message?seq=${seq}&personal=${view.personal ? 1 : 0}`)
  draw()
}
/** @param {boolean} paused */
const pause = (paused) => {
  view.paused = paused
  if (!paused) view.lines = [...view.waiting.splice(0), ...view.lines]
  draw()
}
/** @param {string} name */
const play = async (name) => {
  await ask('/local/scenario', { method: 'POST', body: JSON.stringify({ name: name === 'all-well' ? null : name }) })
  await refresh()
}
const exportRun = async () => {
  const text = await (await ask(`/ui/data/run?personal=${view.personal ? 1 : 0}`)).text()
  const link = /** @type {HTMLAnchorElement} */ (h('a', { download: `practice-run-${view.state.clock.local.replace(/\D/g, '')}.json` }))
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const refresh = async () => {
  const [state, tables] = await Promise.all([read('/ui/data/state'), read(`/ui/data/books?personal=${view.personal ? 1 : 0}`)])
  view.state = state
  view.tables = tables
  if (view.open !== null) view.one = await read(`/ui/data/message?seq=${view.open}&personal=${view.personal ? 1 : 0}`)
  drawParts()
}
let due = false
/** Many messages at once redraw the books once. */
const refreshSoon = () => {
  if (due) return
  due = true
  setTimeout(() => { due = false; refresh().catch(() => undefined) }, 150)
}

/** @param {Line} line */
const arrived = (line) => {
  if (view.paused) view.waiting.unshift(line)
  else {
    view.lines.unshift(line)
    view.lines.length = Math.min(view.lines.length, 3000)
    view.fresh.add(line.seq)
    setTimeout(() => view.fresh.delete(line.seq), 2400)
  }
  drawList()
  refreshSoon()
}

/** An EventSource could not send the key: the same stream, read by hand. */
const listen = async () => {
  for (;;) {
    try {
      const answer = await ask('/ui/data/live')
      if (!answer.ok || answer.body === null) throw new Error('live')
      // What passed while the line was broken.
      view.lines = await read('/ui/data/messages')
      view.live = true
      await refresh()
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
      let held = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        const parts = (held + value).split('\n\n')
        held = parts.pop() ?? ''
        for (const part of parts) {
          const data = /^data: (.*)$/m.exec(part)?.[1]
          if (data !== undefined) arrived(JSON.parse(data))
        }
      }
    } catch {
      /* tried again below */
    }
    view.live = false
    if (view.state !== null) draw()
    await new Promise((resolve) => setTimeout(resolve, 1500))
  }
}

addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
  if (event.key === 'Escape' && view.open !== null) return void open(null)
  if (event.key === '/' && !typing) {
    event.preventDefault()
    return /** @type {HTMLElement | null} */ (document.querySelector('[data-testid="filter-infno"]'))?.focus()
  }
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !typing && view.open !== null) {
    event.preventDefault()
    const lines = shownLines()
    const next = lines[lines.findIndex(({ seq }) => seq === view.open) + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next !== undefined) void open(next.seq)
  }
})
setInterval(async () => {
  if (view.state === null || document.hidden) return
  try {
    view.state = await read('/ui/data/state')
    const clock = document.getElementById('clock')
    if (clock !== null) clock.textContent = view.state.clock.local.slice(11)
    const shown = document.querySelector('[data-testid="lesson"]')
    // A lesson started or ended at the till.
    if (shown instanceof HTMLSelectElement && shown.value !== (view.state.playing ?? 'all-well')) draw()
  } catch {
    /* said by the live line */
  }
}, 1000)

const start = async () => {
  try {
    view.state = await read('/ui/data/state')
  } catch (error) {
    document.body.replaceChildren(gate(error instanceof Error && error.message === 'key' && key !== '' ? t('wrong') : ''))
    return
  }
  try {
    sessionStorage.setItem('practice-key', key)
  } catch {
    /* asked for again */
  }
  void listen()
}
void start()
