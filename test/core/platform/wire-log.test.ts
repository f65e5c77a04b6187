import { describe, expect, it } from 'vitest'
import { createWireMask } from '../../../electron/core/platform/wire-mask.ts'
import { ID_NUMBER, basket, insurance, operator, person, settlementOutput, socialCard, soldRow, voucher } from './people-and-baskets.ts'
import type { Heard } from './platform-double.ts'
import type { ServerResponse } from 'node:http'
import { ok, openTill, refuse, say, startDouble } from './platform-double.ts'

/** Everything that is a person's or a bearer's in these tests. */
const SECRETS = [person.name, ID_NUMBER, person.personNumber, voucher.number, 'A12345678', String(socialCard.cardSerial), '测试甲', '测试乙', 'ZY0000000001', '1980-01-01', '某某公司', '欧阳某某', 'practice-secret']

const expectClean = (log: string): void => {
  expect(log.length).toBeGreaterThan(200)
  for (const secret of SECRETS) expect({ secret, found: log.includes(secret) }).toEqual({ secret, found: false })
}

describe('the wire log', () => {
  it('covers a person under the names of a province, whatever they are', () => {
    const { wire } = createWireMask({ renamed: { '1101.data.psn_name': 'xm', '2102.druginfo.certno': 'zjhm', '3505.selinfo.memo': 'bz' } })
    const shown = JSON.stringify(wire(Buffer.from(JSON.stringify({ data: { xm: '欧阳测试', zjhm: '430199198001010011', bz: '常规' }, err: '欧阳测试欠费' }))))
    expect(shown).toContain('常规')
    for (const secret of ['欧阳测试', '430199198001010011']) expect({ secret, found: shown.includes(secret) }).toEqual({ secret, found: false })
  })

  it('shows no name, number, token or card of anybody through a whole sale', async () => {
    const double = await startDouble()
    const { client, log } = openTill(double.url)
    const baseinfo = { psn_no: person.personNumber, psn_cert_type: '01', certno: ID_NUMBER, psn_name: person.name, gend: '1', brdy: '1980-01-01', age: 46.8, exp_content: person.name }
    double.respond = (heard, response) => {
      const msgid = heard.envelope['msgid']
      const answers: Record<string, (heard: Heard, response: ServerResponse) => void> = {
        1101: ok({ baseinfo, insuinfo: [{ insutype: '310', psn_type: '11', balc: 1500, insuplc_admdvs: '430100', cvlserv_flag: '0', emp_name: '某某公司' }] }),
        2101: ok(settlementOutput(msgid, { trial: true })), 2102: ok(settlementOutput(msgid)), 2001: refuse(`参保人${person.name}(${ID_NUMBER})欠费`), 5301: ok(JSON.stringify({ feedetail: [], baseinfo })),
      }
      ;(answers[heard.infno] ?? ok({ result: { retRslt: 0, msgRslt: `${person.name}的${person.personNumber}不符` } }))(heard, response)
    }
    await client.readPerson(operator, voucher)
    await client.readPerson(operator, socialCard)
    await client.readEntitlement(operator, person, insurance, 'pharmacy', null, null)
    await client.readFilings(operator, person, insurance)
    await client.trial(operator, basket)
    const settle = await client.prepareSettle(operator, basket)
    if (settle.kind === 'prepared') await client.sendSettle(settle.message, basket)
    const upload = await client.prepareUpload(operator, soldRow, 'sale')
    const row = upload.kind === 'prepared' ? await client.sendUpload(upload.message) : null
    expect(row).toMatchObject({ kind: 'refused', code: 'upload.row-refused' })
    expectClean(JSON.stringify(row === null || row.kind !== 'refused' ? null : row.detail) + log())
  })

  it('still tells what was asked, answered and refused', async () => {
    const double = await startDouble()
    const { client, log } = openTill(double.url)
    double.respond = refuse('MBS-cn.hsa.Foo.Bar: 余额不足(8f6b6ff99132423898ac53f143718e23@10.0.0.1)')
    await client.readPerson(operator, voucher)
    expect(log()).toContain('"infno":"1101"')
    expect(log()).toContain('"psn_name":"张**"')
    expect(log()).toContain('"certno":"999***********9016"')
    expect(log()).toContain('MBS-cn.hsa.Foo.Bar: 余额不足(8f6b6ff99132423898ac53f143718e23@10.0.0.1)')
    expect(log()).toContain('"latencyMs"')
  })

  it('keeps trace codes and message ids readable', async () => {
    const double = await startDouble()
    const { client, log } = openTill(double.url)
    const settle = await client.prepareSettle(operator, basket)
    if (settle.kind !== 'prepared') throw new Error(settle.code)
    await client.sendSettle(settle.message, basket)
    expect(log()).toContain('89000000000000000001')
    expect(log()).toContain(settle.message.messageId)
  })

  it('says of bytes that are no JSON only how long their words are', async () => {
    const double = await startDouble()
    const { client, log } = openTill(double.url)
    const half = `{"infcode":0,"output":{"baseinfo":{"psn_name":"欧阳某某","certno":"${ID_NUMBER}`
    for (const text of [half, Buffer.from([0xc5, 0xb7, 0xd1, 0xf4]), `<b>${person.name}</b>`]) {
      double.respond = say(200, text)
      expect(await client.readPerson(operator, voucher)).toMatchObject({ kind: 'unknown' })
    }
    expectClean(log())
    expect(log()).toContain('"size":')
  })

  it('does not show keys or signatures', async () => {
    const double = await startDouble()
    const { client, log } = openTill(double.url)
    await client.probe(null)
    const signature = String(double.heard[0]?.headers['_api_signature'])
    expect(signature.length).toBeGreaterThan(20)
    expect(log()).not.toContain(signature)
    expect(log()).not.toContain('yaogui-practice')
  })
})

describe('a wire mask', () => {
  it('covers in free text what it saw in a field before, longest first', () => {
    const mask = createWireMask()
    mask.message({ psn_name: '欧阳某某', certno: ID_NUMBER })
    expect(mask.words(`欧阳某某 ${ID_NUMBER} ${ID_NUMBER.slice(0, 17)}`)).toBe('欧** 999***********9016 99999919800101901')
  })

  it('opens JSON inside text, and hides what only looks like it', () => {
    const mask = createWireMask()
    expect(mask.message({ output: '{"psn_name":"张三丰"}', other: '{"psn_name":"张三丰"' })).toEqual({ output: { psn_name: '张**' }, other: '17 characters' })
  })

  it('forgets the oldest, so that a day of patients does not fill the memory', () => {
    const mask = createWireMask()
    for (let n = 0; n < 2000; n += 1) mask.message({ psn_name: `患者${n}号` })
    expect(mask.words('患者1999号')).toBe('患**')
    expect(mask.words('患者1号')).toBe('患者1号')
  })

  it('does not take a number of two digits for a card', () => {
    const mask = createWireMask()
    mask.message({ card_sn: '12', psn_name: '王' })
    expect(mask.words('12 盒，王老吉')).toBe('12 盒，王老吉')
  })
})
