import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchEncryption } from './encryption.ts'
import { probeDisk } from './measure.ts'
import { openBenchShop } from './open-bench-shop.ts'
import { benchRoundTrip } from './round-trip.ts'
import { benchSaleCommit } from './sale-commit.ts'
import { benchScanVerdict } from './scan-verdict.ts'
import { benchSearch } from './search.ts'

// Ratios against a baseline in this same process; absolute figures belong to this machine and moment.
const folder = mkdtempSync(join(tmpdir(), 'yaogui-bench-'))
console.log(`node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${loadavg()[0]?.toFixed(2) ?? '?'}`)
probeDisk(folder)
const shop = await openBenchShop(folder)
try {
  await benchRoundTrip(shop)
  benchSearch(shop)
  await benchSaleCommit(shop)
  benchScanVerdict(shop)
  benchEncryption(folder)
  probeDisk(folder)
} finally {
  await shop.close()
  rmSync(folder, { recursive: true, force: true })
}
