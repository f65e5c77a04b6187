import type { ClaimBasket, ClaimOrder } from './claim-basket.ts'
import { ageInTenths } from './province-time.ts'

/** 严重程度: 1 明确违规, 2 高度可疑, 3 轻度可疑. */
export interface Found {
  readonly rule: string
  readonly name: string
  readonly severity: '1' | '2' | '3'
  readonly text: string
  readonly basis: string
  readonly violating: readonly ClaimOrder[]
  readonly involved: readonly ClaimOrder[]
}
type Rule = (basket: ClaimBasket, settings: { readonly now: number; readonly maxPacks: number }) => readonly Found[]

const called = (orders: readonly ClaimOrder[]): string => orders.map((order) => `【${order.name}】`).join('、')

/** X + ATC (5) + generic name (4): the same ingredient in whatever form and strength. Only western codes are laid out so. */
const ingredientOf = (order: ClaimOrder): string | null => (/^X[A-Z0-9]{9}/.test(order.nationalCode) ? order.nationalCode.slice(0, 10) : null)

const twice: Rule = ({ orders }) =>
  [...Map.groupBy(orders.filter((order) => ingredientOf(order) !== null), ingredientOf).values()].flatMap((same) => {
    const [first, ...others] = [...new Map(same.map((order) => [order.nationalCode, order])).values()]
    if (first === undefined || others.length === 0) return []
    return [{ rule: 'R01', name: '重复用药', severity: '2', text: `同一次购药中有相同成分的药品${called([first, ...others])}，存在重复用药`, basis: '同一通用名药品不得重复开具', violating: others, involved: [first] }]
  })

/** Whole packs; loose units and weighed pieces are not counted in packs. */
const PACK_UNITS = new Set(['盒', '瓶'])
const tooMany: Rule = ({ orders }, { maxPacks }) =>
  [...Map.groupBy(orders.filter((order) => PACK_UNITS.has(order.unit)), (order) => order.nationalCode).values()].flatMap((same) => {
    const packs = same.reduce((total, order) => total + order.countE4, 0) / 10_000
    const [first] = same
    if (first === undefined || packs <= maxPacks) return []
    return [{ rule: 'R02', name: '超量购药', severity: '2', text: `${called([first])}本次购药${packs}${first.unit}，超过单次购药上限${maxPacks}${first.unit}`, basis: '单次购药数量应与用法用量相符', violating: same, involved: [] }]
  })

const FOR_WOMEN = /益母|乌鸡白凤|妇科|妇炎|黄体酮|阴道|痛经|产后|雌醇/u
const FOR_MEN = /前列(?!素|地尔|醇)|非那雄胺|坦索罗辛/u
const sex: Rule = ({ gender, orders }) => {
  const [pattern, who] = gender === '1' ? ([FOR_WOMEN, '女性'] as const) : ([FOR_MEN, '男性'] as const)
  return orders.filter((order) => pattern.test(order.name)).map((order) => ({
    rule: 'R03', name: '限性别用药', severity: '1', text: `${called([order])}限${who}使用，与参保人性别不符`, basis: `药品说明书适应症限${who}`, violating: [order], involved: [],
  }))
}

const ADULT_TENTHS = 180
const age: Rule = ({ born, orders }, { now }) => {
  const adult = ageInTenths(born, now) >= ADULT_TENTHS
  return orders.flatMap((order): Found[] => {
    if (adult && /小儿|儿童/u.test(order.name))
      return [{ rule: 'R04', name: '限年龄用药', severity: '3', text: `${called([order])}限儿童使用，参保人已成年`, basis: '药品说明书适用人群为儿童', violating: [order], involved: [] }]
    if (!adult && /沙星/u.test(order.name) && !/滴眼|滴耳|眼膏/u.test(order.name))
      return [{ rule: 'R04', name: '限年龄用药', severity: '1', text: `${called([order])}18岁以下禁用`, basis: '喹诺酮类药品说明书禁忌：18岁以下未成年人', violating: [order], involved: [] }]
    return []
  })
}

/** Restrictions of the national list 2024 that a shop of the practice meets; by ingredient. */
const RESTRICTED: readonly { readonly ingredient: string; readonly limit: string; readonly needs: RegExp }[] = [
  { ingredient: 'XG03EBQ136', limit: '限多囊卵巢综合症', needs: /多囊卵巢/u },
  { ingredient: 'XG01AFK079', limit: '限念珠菌性外阴阴道病', needs: /念珠菌/u },
]
const scope: Rule = ({ diagnoses, orders }) =>
  orders.flatMap((order) => {
    const restriction = RESTRICTED.find(({ ingredient }) => order.nationalCode.startsWith(ingredient))
    if (restriction === undefined || diagnoses.some((name) => restriction.needs.test(name))) return []
    return [{ rule: 'R05', name: '限定支付范围', severity: '3', text: `${called([order])}${restriction.limit}，本次就诊无相应诊断`, basis: '国家医保药品目录限定支付范围', violating: [order], involved: [] } as const]
  })

const RULES: readonly Rule[] = [twice, tooMany, sex, age, scope]

/** Small rules that anybody can check by looking at the basket; a province's own are not public. */
export const findViolations: Rule = (basket, settings) => RULES.flatMap((rule) => rule(basket, settings))
