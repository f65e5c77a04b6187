import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchEncryption } from './encryption.ts'
import { benchScale } from './ledger/verdict-at-scale.ts'
import { probeDisk } from './measure.ts'
import { benchBeside, benchClaims, benchDrain } from './outbox.ts'
import { openBenchShop } from './open-bench-shop.ts'
import { benchRecognition } from './recognition.ts'
import { benchRoundTrip } from './round-trip.ts'
import { benchSaleCommit } from './sale-commit.ts'
import { benchScanVerdict } from './scan-verdict.ts'
import { benchSearch } from './search.ts'
import { benchSm } from './sm.ts'

// `--codes N`: the ledger's history (default a million; 20000000 takes a few minutes and a gigabyte of disk). `--uploads N`: rows of the backlog that goes up (10000 takes six minutes).
const { values } = parseArgs({ options: { codes: { type: 'string', default: '1000000' }, uploads: { type: 'string', default: '1500' } } })

// Ratios against a baseline in this same process; absolute figures belong to this machine and moment.
const folder = mkdtempSync(join(tmpdir(), 'yaogui-bench-'))
console.log(`node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · load ${loadavg()[0]?.toFixed(2) ?? '?'}`)
probeDisk(folder)
benchRecognition()
benchSm()
try {
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
  }
  console.log(`\nuploads of ${values.uploads} rows`)
  benchClaims(join(folder, 'uploads'))
  await benchBeside(join(folder, 'uploads'), Number(values.uploads))
  await benchDrain(join(folder, 'uploads'), Number(values.uploads))
  console.log(`\nledger of ${values.codes} codes`)
  await benchScale({ codes: Number(values.codes), folder: join(folder, 'years'), keep: false })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
