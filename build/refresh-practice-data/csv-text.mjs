const cell = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export const stringifyCsv = (columns, rows) =>
  [columns.join(','), ...rows.map((row) => columns.map((column) => cell(String(row[column] ?? ''))).join(','))].join('\n') + '\n'
