import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { shippedProfileFile, shippedProfiles } from '../../electron/core/platform/profile-file.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** What may not know any province: the program. What may: profiles, and the practice province. */
const PROGRAM = ['electron/core', 'electron/domain', 'electron/contract', 'electron/cli', 'electron/host', 'electron/shell', 'renderer']
const PROVINCES: readonly (readonly [string, string, string])[] = [
  ['北京', 'beijing', '11'], ['天津', 'tianjin', '12'], ['河北', 'hebei', '13'], ['山西', 'shanxi', '14'], ['内蒙古', 'neimenggu', '15'], ['辽宁', 'liaoning', '21'], ['吉林', 'jilin', '22'],
  ['黑龙江', 'heilongjiang', '23'], ['上海', 'shanghai', '31'], ['江苏', 'jiangsu', '32'], ['浙江', 'zhejiang', '33'], ['安徽', 'anhui', '34'], ['福建', 'fujian', '35'], ['江西', 'jiangxi', '36'],
  ['山东', 'shandong', '37'], ['河南', 'henan', '41'], ['湖北', 'hubei', '42'], ['湖南', 'hunan', '43'], ['广东', 'guangdong', '44'], ['广西', 'guangxi', '45'], ['海南', 'hainan', '46'],
  ['重庆', 'chongqing', '50'], ['四川', 'sichuan', '51'], ['贵州', 'guizhou', '52'], ['云南', 'yunnan', '53'], ['西藏', 'xizang', '54'], ['陕西', 'shaanxi', '61'], ['甘肃', 'gansu', '62'],
  ['青海', 'qinghai', '63'], ['宁夏', 'ningxia', '64'], ['新疆', 'xinjiang', '65'],
]
/** The zone of the whole country is named after a city. */
const NOT_A_PROVINCE = /Asia\/Shanghai|SHANGHAI_MS|date and time, Shanghai/g

const filesIn = (folder: string): readonly string[] => readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name))
/** What the program does: comments cite papers, and papers have provinces. */
const withoutComments = (source: string): string => source.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g, (_all, quoted: string | undefined) => quoted ?? ' ')

const namesIn = (source: string): readonly string[] => {
  const code = withoutComments(source).replace(NOT_A_PROVINCE, '')
  const low = code.toLowerCase()
  const areas = new Set([...code.matchAll(/['"`](\d{6})['"`]/g)].map(([, digits]) => digits ?? ''))
  return PROVINCES.flatMap(([zh, en, area]) => [
    ...(code.includes(zh) ? [zh] : []),
    ...(new RegExp(`\\b${en}\\b`).test(low) ? [en] : []),
    ...[`${area}0000`, `${area}9900`].filter((each) => areas.has(each)),
  ])
}

describe('adding a province is adding a file', () => {
  it('nothing in the program names one, in words or by its area', () => {
    const files = PROGRAM.flatMap(filesIn)
    expect(files.length).toBeGreaterThan(500)
    expect(files.flatMap((file) => namesIn(readFileSync(file, 'utf8')).map((name) => `${path.relative(ROOT, file)}: ${name}`))).toEqual([])
  })

  it('nor any region that a profile names', () => {
    const regions = new Map(shippedProfiles().filter((name) => !name.startsWith('practice')).flatMap((name) => {
      const { names, practice } = parse(readFileSync(shippedProfileFile(name), 'utf8')) as { names: { regions: Record<string, string> }; practice: boolean }
      return practice ? [] : Object.entries(names.regions).filter(([, title]) => !title.includes('请填写'))
    }))
    expect(regions.size).toBeGreaterThan(10)
    const found = PROGRAM.flatMap(filesIn).flatMap((file) => {
      const code = withoutComments(readFileSync(file, 'utf8'))
      return [...regions].filter(([area, title]) => code.includes(title) || new RegExp(`['"\`]${area}['"\`]`).test(code)).map(([area]) => `${path.relative(ROOT, file)}: ${area}`)
    })
    expect(found).toEqual([])
  })

  it('and a name in the program would be found', () => {
    expect(namesIn(`const only = (name: string) => name === 'hunan'`)).toEqual(['hunan'])
    expect(namesIn(`// 湖南 says\nconst x = '430000' /* jilin */`)).toEqual(['430000'])
    expect(namesIn('const text = `广东省医保`')).toEqual(['广东'])
    expect(namesIn(`const zone = 'Asia/Shanghai' // 上海`)).toEqual([])
  })
})
