import { cpSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { showPack } from '../../electron/core/trace/pack-store.ts'
import { openDatabase } from '../../electron/core/db/open-database.ts'
import { resolveIdentifier } from '../../electron/core/map/resolve.ts'
import { migrationsFolder } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const open = (file: string, folder: string) => openDatabase({ file, key: null, migrationsFolder: folder, clock: () => 1_000, appVersion: '9.9.9' })

/** The migrations as they were before the ledger of integers. */
const before90 = (): string => {
  const folder = path.join(temporaryFolder(), 'migrations')
  cpSync(migrationsFolder, folder, { recursive: true })
  for (const name of readdirSync(folder)) if (Number(name.slice(0, 4)) > 80) rmSync(path.join(folder, name))
  return folder
}

const GS1 = '010699900000001221ABCDEFGHJ'

test('a shop that sold before keeps every pack, its history, its sales and its map when the ledger becomes integers', () => {
  const file = path.join(temporaryFolder(), 'shop.db')
  const old = open(file, before90())
  old.exec(`
    insert into staff (staff_id, name, role, pin_salt, pin_hash) values ('S1', '张', 'cashier', x'00', x'00');
    insert into drug values ('D1', 'g', 't', 's', 'p', 'm', 'a', null, 'X', 'A', '', 0, 'western', '盒', '片', 24, 12300000, 'scan', '');
    insert into lot (lot_id, drug_id, lot_number, expires_on) values ('L1', 'D1', 'A1', '2027-01-01'), ('L2', 'D1', 'A2', '2028-01-01');
    insert into sale (sale_id, receipt_number, status, staff_id, opened_at, business_date, sold_at) values ('s', 'R-1', 'closed', 'S1', 1, '2026-11-21', 5);
    insert into sale_line values ('l', 's', 1, 'D1', 'L1', 'pack', 10000, 1, 1, null);
    insert into pack values
      ('80000000000000000000', 'D1', 'L1', 'sold', 's', 0, 0, 1, 5), ('89999999999999999999', 'D1', 'L2', 'in-stock', null, 0, 240000, 1, 1),
      ('85000000000000000001', 'D1', 'L2', 'split-open', null, 0, 70000, 1, 3), ('84999999999999999999', 'D1', 'L2', 'locked', null, 0, 240000, 1, 4),
      ('${GS1}', 'D1', 'L2', 'returned', null, 0, 240000, 1, 9), ('V-17', 'D1', 'L1', 'settled', 's', 1, 0, 1, 5);
    insert into pack_event (code, at, kind, sale_id, staff_id, note) values
      ('80000000000000000000', 1, 'received', null, 'S1', 'paper 7'), ('80000000000000000000', 2, 'put-in-sale', 's', 'S1', ''), ('80000000000000000000', 5, 'sold', 's', 'S1', ''),
      ('${GS1}', 1, 'first-seen', null, null, 'never received');
    insert into sale_line_pack values ('l', '80000000000000000000', 240000), ('l', 'V-17', 240000);
    insert into foreign_sale values ('81234567890123456789', 'alarm-list', 3), ('${GS1}', 'platform', 4);
    insert into trace_identifier values ('8900001', 'D1', 1, 'made up for practice', 1, 2), ('8900002', 'D1', 3, 'told', 1, 2);
  `)
  const packs = old.prepare(`select code, state, drug_id, lot_id, sale_id, virtual, units_left from pack order by code`).all()
  const lines = old.prepare(`select line_id, code, quantity from sale_line_pack order by code`).all()
  const foreign = old.prepare(`select code, source, told_at from foreign_sale order by code`).all()
  old.close()

  const db = open(file, migrationsFolder)
  expect(db.prepare(`select code, state, drug_id, lot_id, sale_id, virtual, units_left from pack_shown order by code`).all()).toEqual(packs)
  expect(db.prepare(`select line_id, code, quantity from sale_line_pack join pack_shown using (pack_key) order by code`).all()).toEqual(lines)
  expect(foreign).toHaveLength(2)
  expect(db.prepare(`select pack_key, source from foreign_sale`).safeIntegers().all()).toEqual([
    { pack_key: 1234567890123456789n - 5_000_000_000_000_000_000n, source: 'alarm-list' },
    { pack_key: 6_000_000_000_000_000_001n, source: 'platform' },
  ])
  expect(showPack(db, '80000000000000000000')).toMatchObject({
    code: '80000000000000000000', state: 'sold', drugId: 'D1', lotNumber: 'A1', firstSeenAt: 1,
    events: [{ at: 1, kind: 'received', staffName: '张', note: 'paper 7', document: null }, { at: 2, kind: 'put-in-sale', receiptNumber: 'R-1' }, { at: 5, kind: 'sold', saleId: 's', note: '' }],
  })
  expect(showPack(db, GS1)).toMatchObject({ code: GS1, state: 'returned', events: [{ kind: 'first-seen', staffName: null, note: 'never received' }] })
  expect(db.prepare(`select identifier, serial from other_code where code = ?`).get(GS1)).toEqual({ identifier: '06999000000012', serial: 'ABCDEFGHJ' })
  expect(resolveIdentifier(db, '8900002').candidates).toMatchObject([{ drugId: 'D1', level: 3, trust: 'confirmed' }])
  // History stays as it was written.
  expect(() => db.exec(`update pack_event set at = 7`)).toThrow(/never changed/)
  expect(() => db.exec(`delete from pack_event`)).toThrow(/never deleted/)
  // New lots, sales and staff get their small numbers from the table.
  db.exec(`insert into lot (lot_id, drug_id, lot_number, expires_on) values ('L3', 'D1', 'A3', '2029-01-01')`)
  expect(db.prepare(`select lot_ref from lot order by lot_id`).pluck().all()).toEqual([1, 2, 3])
  db.close()
})
