import qrcode from 'qrcode-generator'
import type { QrMatrix } from '../../domain/receipt/receipt-svg.ts'

/** Level M, the smallest version that holds the text. */
export const qrMatrix: QrMatrix = (data) => {
  const symbol = qrcode(0, 'M')
  symbol.addData(data)
  symbol.make()
  const modules = Array.from({ length: symbol.getModuleCount() }, (_, index) => index)
  return modules.map((row) => modules.map((column) => symbol.isDark(row, column)))
}
