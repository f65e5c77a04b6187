import { hasCodeTable } from './code-tables.ts'
import { officialPlaces } from './official-places.ts'
import { isLoopback } from './profile-sections/fields.ts'
import type { RegionProfile } from './profile.ts'

type Path = readonly (string | number)[]
/** Legal, and probably not meant. */
export interface Suspicion { readonly path: Path; readonly zh: string; readonly en: string }

/** No cashier waits longer for a settlement, and no gateway in the field holds a call longer (platform.md §8). */
const LONGEST_MS = 120_000
/** The limit that a pharmacy settlement is given by its platform (platform.md §8). */
const SETTLE_MS = 20_000
const IDLE_MS = 60_000
/** What a gateway also says when the platform behind it was reached and did not answer in time. */
const MAY_HAVE_ARRIVED = new Set(['500', '502', '503', '504', '999'])

/** Every value of a profile, with its place. */
const walk = (value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] =>
  [{ path, value }, ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => walk(inner, [...path, Array.isArray(value) ? Number(name) : name])) : [])]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const matchesNothing = (pattern: string): boolean => new RegExp(pattern, 'u').test('')

const keysInClear = (profile: RegionProfile): readonly Suspicion[] => (profile.practice ? [] : walk([profile.transport, profile.sealing])
  .filter(({ value }) => isRecord(value) && Object.keys(value).join() === 'value')
  .map(({ path }) => ({ path: [path[0] === 0 ? 'transport' : 'sealing', ...path.slice(1)], zh: '密钥明文写在配置里；请改用 {"secret": "…"} 或 {"env": "…"}', en: 'a key in clear; use {"secret": "…"} or {"env": "…"}' })))

const patterns = (profile: RegionProfile): readonly Suspicion[] => walk(profile)
  .filter(({ path, value }) => typeof value === 'string' && String(path.at(-1)).endsWith('Pattern') && matchesNothing(value))
  .map(({ path }) => ({ path, zh: '这个模式连空文字也匹配，等于什么话都算', en: 'this pattern matches the empty text: every answer would count' }))

const timeouts = ({ practice, timeouts: given }: RegionProfile): readonly Suspicion[] => {
  const all: readonly [Path, number][] = [[['timeouts', 'defaultMs'], given.defaultMs], ...Object.entries(given.perTransaction).map(([infno, ms]): [Path, number] => [['timeouts', 'perTransaction', infno], ms])]
  const long = all.filter(([, ms]) => ms > LONGEST_MS).map(([path]) => ({ path, zh: '超时长于网关自己的（见过的最长 120 秒）：等不到更多，只让顾客干等', en: 'longer than gateways themselves wait (120 s at most in the field): nothing more will come' }))
  const settle = given.perTransaction['2102'] ?? given.defaultMs
  return practice || settle >= SETTLE_MS ? long : [...long, { path: ['timeouts', 'perTransaction', '2102'], zh: '结算超时短于平台自己的时限（30 秒）：会多出许多结果未知的结算', en: 'shorter than the platform’s own limit for a settlement (30 s): many will end as unknown' }]
}

const gateway = ({ transport }: RegionProfile): readonly Suspicion[] => [
  ...transport.refusedBeforePlatform.flatMap((code, at) => (MAY_HAVE_ARRIVED.has(code)
    ? [{ path: ['transport', 'refusedBeforePlatform', at], zh: `网关在平台超时时也说 ${code}：当作“没有到达”会把已记账的结算再做一次`, en: `gateways say ${code} of a platform’s time-out too: taken as “never arrived”, a booked settlement would be made again` }] : [])),
  ...(transport.keepAliveMs > IDLE_MS ? [{ path: ['transport', 'keepAliveMs'], zh: '网关多在 60 秒内关掉空闲连接：结算可能撞上正在关闭的连接', en: 'gateways close idle connections within 60 s: a settlement may meet a closing one' }] : []),
  ...(transport.kind === 'oauth' && transport.token.renewBeforeSeconds >= transport.token.lifetimeSeconds
    ? [{ path: ['transport', 'token', 'renewBeforeSeconds'], zh: '不短于令牌有效期：令牌每次都要重取', en: 'no shorter than the token’s life: it would be fetched for every call' }] : []),
]

const identity = (profile: RegionProfile): readonly Suspicion[] => {
  const { envelope, clearingOffice, names, institution, transport, practice } = profile
  const unnamed = (path: Path, code: string): readonly Suspicion[] => (Object.hasOwn(names.regions, code) ? [] : [{ path, zh: `区划 ${code} 在 names.regions 里没有名称，界面上只能显示代码`, en: `the region ${code} has no name in names.regions: people see its code` }])
  const placeholder = (path: Path, text: string): readonly Suspicion[] => (/请填写|\.invalid\b|^P?\d*0{6,}$/.test(text) ? [{ path, zh: '还是示例里的值，请换成本店的', en: 'still the example’s value: put in the shop’s own' }] : [])
  return [
    ...unnamed(['envelope', 'admvs'], envelope.admvs),
    ...(clearingOffice === envelope.admvs ? [] : unnamed(['clearingOffice'], clearingOffice)),
    ...(practice ? [] : [...placeholder(['transport', 'url'], transport.url), ...placeholder(['institution', 'code'], institution.code), ...placeholder(['institution', 'name'], institution.name)]),
    ...(practice && !isLoopback(transport.url) ? [{ path: ['practice'], zh: '标明练习，地址却不在本机', en: 'said to be practice, and the address is not of this machine' }] : []),
  ]
}

const messages = ({ messageIds, practice }: RegionProfile): readonly Suspicion[] => {
  const { from, to } = messageIds
  if (!practice && from <= 1 && to === 9999) return [{ path: ['messageIds'], zh: '与缺省范围 1–9999 重叠：本机构若有第二台收银机，会发出相同的报文 ID；请各分一段', en: 'overlaps the default range 1–9999: a second till of this institution would send the same message ids; give each its own part' }]
  return to - from < 99 ? [{ path: ['messageIds'], zh: '一秒内不足 100 个号：忙时报文时间会超前', en: 'fewer than 100 numbers a second: when busy, messages run ahead of the clock' }] : []
}

const answers = ({ answers: given, trace, purchaseKinds }: RegionProfile): readonly Suspicion[] => [
  ...(given.openRefusalPattern === null ? [{ path: ['answers', 'openRefusalPattern'], zh: '平台自己超时的话也会当作“没有记账”', en: 'a platform’s own time-out would count as “nothing was booked”' }] : []),
  ...(trace.soldElsewherePattern.includes('(?<code>') ? [] : [{ path: ['trace', 'soldElsewherePattern'], zh: '没有名为 code 的组：多盒时认不出是哪一盒', en: 'no group named code: of several packs nobody knows which' }]),
  ...(Object.values(purchaseKinds).some((kind) => kind.offered) ? [] : [{ path: ['purchaseKinds'], zh: '没有一种购药类型可选，医保结算做不了', en: 'no purchase kind is offered: nothing can be settled' }]),
]

const wireNames = (profile: RegionProfile): readonly Suspicion[] => {
  const { renamed, dictionaries } = profile.wireNames
  const places = officialPlaces(profile)
  return [
    ...Object.keys(renamed).filter((place) => !places.has(place)).map((place) => ({ path: ['wireNames', 'renamed', place], zh: '官方报文里没有这个位置，改名不起作用；写法是 交易号.节点.字段，大小写照原文', en: 'no such place in the official tables: nothing is renamed; write transaction.node.field as printed' })),
    ...Object.keys(dictionaries.also).filter((name) => !hasCodeTable(name)).map((name) => ({ path: ['wireNames', 'dictionaries', 'also', name], zh: '官方没有公布这个字典，它的值本来就不校验', en: 'no code table of this name is published: its values are not checked anyway' })),
    ...(dictionaries.check || profile.practice ? [] : [{ path: ['wireNames', 'dictionaries', 'check'], zh: '字典校验已关：平台不认的代码会照样发出', en: 'codes are not checked: what the platform does not know is sent all the same' }]),
  ]
}

export const suspicionsOf = (profile: RegionProfile): readonly Suspicion[] =>
  [keysInClear, patterns, timeouts, gateway, identity, messages, answers, wireNames].flatMap((look) => look(profile))
