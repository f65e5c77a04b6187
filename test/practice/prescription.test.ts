import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writtenPrescriptions } from '../../electron/practice/prescriptions.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { filled, voucherOf } from './support/examples.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

const SHOP = 'P99999900001'
const DAY = 86_400_000
let now = NOON
let practice: Practice
let shop: Shop
beforeEach(async () => {
  now = NOON
  practice = await startPractice({ clock: () => now, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice, () => now)
})
afterEach(() => practice.close())

const written = (index: number): ReturnType<typeof writtenPrescriptions>[number] => writtenPrescriptions()[index]!
const dataOf = async (infno: string, rows: Readonly<Record<string, Json>>): Promise<any> => {
  const output = await shop.ok(infno, filled(shop, infno, rows))
  return infno === '7204' || infno === '7211' ? output : output.data
}
const no = (infno: string, rows: Readonly<Record<string, Json>>): Promise<string> => shop.refusal(infno, filled(shop, infno, rows))
const grantRow = async (key: string, change: Json = {}): Promise<Json> => {
  const who = person(key)
  return { fixmedinsCode: SHOP, psnName: who.name, psnCertType: '01', certno: who.idNumber, ecToken: await voucherOf(shop, key), regSn: '', outFlag: '0', ...change }
}
const download = (granted: Json): Promise<any> => dataOf('7204', { data: { fixmedinsCode: SHOP, epcToken: granted.epcToken, authRxno: granted.authRxno } })
const byCode = (index: number): Promise<Json> => dataOf('7203', { data: { epcQrcd: written(index).qr, fixmedinsCode: SHOP } })
/** Granted, downloaded, verified and reviewed; gives what 7207 wants. */
const reviewed = async (index: number, passed = '1'): Promise<{ hiRxno: string; review: string; token: unknown; downloaded: any }> => {
  const { hiRxno } = written(index)
  const granted = await byCode(index)
  const downloaded = await download(granted)
  const { rxSignVerifySn } = await dataOf('7205', { data: { hiRxno, fixmedinsCode: SHOP, rxTraceCode: downloaded.data.rxTraceCode, rxFile: downloaded.data.rxFile, epcToken: granted.epcToken } })
  const { rxChkBizSn } = await dataOf('7206', { data: { hiRxno, fixmedinsCode: SHOP, epcToken: granted.epcToken, rxChkStasCodg: passed, rxSignVerifySn } })
  return { hiRxno, review: rxChkBizSn, token: granted.epcToken, downloaded }
}
const dispensing = (step: { hiRxno: string; review: string }, code: string, packs: number, change: Json = {}): Readonly<Record<string, Json>> => ({
  data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, rxChkBizSn: step.review, hiFeesetlFlag: '1', ...change },
  rxSaleDrugDetl: { medListCodg: code, drugTotlcnt: packs, drugTotlcntEmp: '盒' },
})

describe('granting', () => {
  test('lists what waits for this person, each with its own token; downloading one kills the others of the round', async () => {
    const granted = (await shop.ok('7201', filled(shop, '7201', { data: await grantRow('retired-chronic') }))).data as Json[]
    expect(granted.map(({ rxExraAttrCode, diseCodg }) => [rxExraAttrCode, diseCodg])).toEqual([['02', 'M01600'], ['01', 'M01600']])
    expect(new Set(granted.map(({ epcToken }) => epcToken)).size).toBe(2)
    expect((await download(granted[1]!)).data.hiRxno).toBe(written(2).hiRxno)
    expect(await no('7204', { data: { fixmedinsCode: SHOP, epcToken: granted[0]!.epcToken, authRxno: granted[0]!.authRxno } })).toContain('同次授权的其他处方已下载')
    // Asked again there is a new round.
    expect(((await shop.ok('7201', filled(shop, '7201', { data: await grantRow('retired-chronic') }))).data as Json[]).length).toBe(2)
  })

  test('wants the person, and exactly one proof of the person', async () => {
    expect(await no('7201', { data: await grantRow('retired-chronic', { regSn: 'R1' }) })).toContain('必须传其一')
    expect(await no('7201', { data: await grantRow('retired-chronic', { ecToken: '' }) })).toContain('必须传其一')
    expect(await no('7201', { data: await grantRow('retired-chronic', { ecToken: await voucherOf(shop, 'employee') }) })).toContain('与人员信息不一致')
    expect(await no('7201', { data: await grantRow('retired-chronic', { psnName: '别人' }) })).toContain('基本信息为空')
    expect(await no('7201', { data: await grantRow('low-income') })).toBe('未查询到待取药的电子处方')
    expect(await no('7201', { data: await grantRow('retired-chronic', { outFlag: '1', outPoolareaNo: '', insuPlcNo: '' }) })).toContain('outPoolareaNo')
  })

  test.each([[3, '电子处方已过期'], [4, '电子处方已撤销'], [5, '电子处方已作废']])('prescription %i is closed: %s, by code and online', async (index, text) => {
    expect(await no('7203', { data: { epcQrcd: written(index).qr, fixmedinsCode: SHOP } })).toBe(text)
    expect(await no('7202', { data: { hiRxno: written(index).hiRxno, authCircBizSn: written(index).onlineGrant, fixmedinsCode: SHOP } })).toBe(text)
  })

  test('online it wants the grant of this prescription', async () => {
    expect(await no('7202', { data: { hiRxno: written(0).hiRxno, authCircBizSn: written(1).onlineGrant, fixmedinsCode: SHOP } })).toContain('authCircBizSn')
    expect(await dataOf('7202', { data: { hiRxno: written(0).hiRxno, authCircBizSn: written(0).onlineGrant, fixmedinsCode: SHOP } })).toHaveProperty('epcToken')
  })

  test('a token is good for half an hour, in the shop it was given to', async () => {
    const granted = await byCode(0)
    now += 31 * 60_000
    expect(await no('7204', { data: { fixmedinsCode: SHOP, epcToken: granted.epcToken, authRxno: granted.authRxno } })).toContain('已过期')
    expect(await no('7204', { data: { fixmedinsCode: SHOP, epcToken: 'guess', authRxno: 'x' } })).toContain('无效')
  })

  test('time closes what nobody took', async () => {
    now += 29 * DAY + 1
    await shop.signIn()
    expect(await no('7203', { data: { epcQrcd: written(0).qr, fixmedinsCode: SHOP } })).toBe('电子处方已过期')
  })
})

describe('a prescription is downloaded, verified, reviewed and dispensed, once', () => {
  test('its drugs, its visit, its diagnoses', async () => {
    const { rxDetlList, rxOtpinfo, rxDiseList } = (await reviewed(1)).downloaded
    expect(rxDetlList.map(({ medListCodg, drugTotlcnt, drugTotlcntEmp, takeDrugFlag }: Json) => [medListCodg, drugTotlcnt, drugTotlcntEmp, takeDrugFlag])).toEqual(
      written(1).drugs.map(({ code, packs }) => [code, packs, '盒', '0']),
    )
    expect(rxOtpinfo).toMatchObject({ patnName: '王芳', medType: '14', diseCodg: 'M01600' })
    expect(rxDiseList).toMatchObject([{ diagName: '2型糖尿病', maindiagFlag: '1' }])
  })

  test('a paper that somebody changed is found out, and nothing goes on with it', async () => {
    const granted = await byCode(0)
    const { data } = await download(granted)
    const verify = { hiRxno: written(0).hiRxno, fixmedinsCode: SHOP, rxTraceCode: data.rxTraceCode, epcToken: granted.epcToken }
    expect(await dataOf('7205', { data: { ...verify, rxFile: `${String(data.rxFile).slice(0, -4)}AAAA` } })).toMatchObject({ flag: false, rxSignVerifySn: '' })
    expect(await no('7206', { data: { hiRxno: verify.hiRxno, fixmedinsCode: SHOP, epcToken: granted.epcToken, rxChkStasCodg: '1', rxSignVerifySn: 'VS1' } })).toContain('请先进行处方核验')
    expect(await no('7206', { data: { hiRxno: verify.hiRxno, fixmedinsCode: SHOP, epcToken: granted.epcToken, rxChkStasCodg: '7', rxSignVerifySn: 'VS1' } })).toContain('不在字典中')
  })

  test('in parts, never more than prescribed, and used when all is taken', async () => {
    const step = await reviewed(0)
    const { code } = written(0).drugs[0]!
    const first = await dataOf('7207', dispensing(step, code, 1))
    expect(await no('7207', dispensing(step, code, 2))).toContain('超过处方数量')
    expect(await no('7207', dispensing(step, 'XA10BAE021A001010104017', 1))).toContain('不在处方内')
    expect(await no('7207', { ...dispensing(step, code, 1), rxSaleDrugDetl: { medListCodg: code, drugTotlcnt: 1, drugTotlcntEmp: '片' } })).toContain('应为盒')
    await dataOf('7207', dispensing(step, code, 1))
    expect(await no('7207', dispensing(step, code, 1))).toBe('电子处方已使用')
    expect(await no('7203', { data: { epcQrcd: written(0).qr, fixmedinsCode: SHOP } })).toBe('电子处方已使用')
    // One taking undone: so much may be taken again.
    expect(await dataOf('7208', { data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, hiFeesetlFlag: '1', selStooutSn: first.selStooutSn } })).toEqual({ flag: true })
    expect(await no('7208', { data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, hiFeesetlFlag: '1', selStooutSn: first.selStooutSn } })).toContain('未找到')
    await dataOf('7207', dispensing(step, code, 1))
  })

  test('all takings undone at once', async () => {
    const step = await reviewed(1)
    for (const { code, packs } of written(1).drugs) await dataOf('7207', dispensing(step, code, packs))
    expect(await no('7207', dispensing(step, written(1).drugs[0]!.code, 1))).toBe('电子处方已使用')
    await dataOf('7208', { data: { hiRxno: step.hiRxno, fixmedinsCode: SHOP, hiFeesetlFlag: '', selStooutSn: '' } })
    await dataOf('7207', dispensing(step, written(1).drugs[0]!.code, 1))
  })

  test('self-paid it is used at the first taking, and the money is said', async () => {
    const step = await reviewed(0)
    const { code } = written(0).drugs[0]!
    expect(await no('7207', dispensing(step, code, 1, { hiFeesetlFlag: '0', psnCashPay: null }))).toContain('psnCashPay')
    await dataOf('7207', dispensing(step, code, 1, { hiFeesetlFlag: '0', psnCashPay: 11.2 }))
    expect(await no('7207', dispensing(step, code, 1))).toBe('电子处方已使用')
  })

  test('a pharmacist who says no stops it', async () => {
    const step = await reviewed(0, '0')
    expect(await no('7207', dispensing(step, written(0).drugs[0]!.code, 1))).toContain('审核未通过')
    expect(await no('7207', dispensing({ ...step, review: 'CK0' }, written(0).drugs[0]!.code, 1))).toContain('无效')
  })
})

describe('delivery', () => {
  test('goes on its way after dispensing, arrives once, and not after it was cancelled', async () => {
    const { hiRxno } = written(0)
    const way = (delvNo: string, delvStasCodg: string): Readonly<Record<string, Json>> => ({ data: { hiRxno, fixmedinsCode: SHOP, delvNo, delvStasCodg } })
    expect(await no('7209', way('D1', '1'))).toContain('不能配送')
    const step = await reviewed(0)
    await dataOf('7207', dispensing(step, written(0).drugs[0]!.code, 1))
    expect(await no('7210', { data: { hiRxno, delvNo: 'D1' } })).toContain('未找到')
    await dataOf('7209', way('D1', '1'))
    expect(await dataOf('7210', { data: { hiRxno, delvNo: 'D1' } })).toEqual({ flag: true })
    expect(await no('7210', { data: { hiRxno, delvNo: 'D1' } })).toBe('配送已签收')
    expect(await no('7209', way('D1', '1'))).toContain('已完成')
    await dataOf('7209', way('D2', '3'))
    expect(await no('7210', { data: { hiRxno, delvNo: 'D2' } })).toBe('配送已取消,不能签收')
  })
})

describe('drug list', () => {
  const asked = (change: Json): Readonly<Record<string, Json>> => ({ data: { fixmedinsCode: SHOP, medListCodg: '', medListCodgs: [], drugName: '片', dualchnlFlag: '', oppoolFlag: '', pageNum: 1, pageSize: 10, ...change } })
  test('page by page, without gaps or repeats', async () => {
    const seen: string[] = []
    const { data } = await dataOf('7211', asked({}))
    for (let page = 1; page <= Math.ceil(data.total / 10); page += 1) seen.push(...(await dataOf('7211', asked({ pageNum: page }))).list.map(({ medListCodg }: Json) => medListCodg))
    expect(seen.length).toBe(data.total)
    expect(new Set(seen).size).toBe(seen.length)
    expect((await dataOf('7211', asked({ pageNum: 999 }))).list).toEqual([])
  })

  test('by code, by codes, by flag; never unlimited', async () => {
    const { code } = written(2).drugs[0]!
    expect((await dataOf('7211', asked({ drugName: '', medListCodg: code }))).list).toMatchObject([{ medListCodg: code, dualchnlFlag: '1' }])
    expect((await dataOf('7211', asked({ drugName: '', medListCodgs: [code, 'X'] }))).data.total).toBe(1)
    expect((await dataOf('7211', asked({ dualchnlFlag: '1' }))).list.every(({ dualchnlFlag }: Json) => dualchnlFlag === '1')).toBe(true)
    expect(await no('7211', asked({ drugName: '' }))).toContain('必须传其一')
    expect(await no('7211', asked({ pageSize: 101 }))).toContain('1至100')
  })
})
