/** "1, 2 hẹn thứ Hai", "mục 3 chưa có": one clause that gives no figure for items by their numbers. */
const NUMBERED =
  /^\s*(?:(?:mục|muc|câu|cau)\s+)?(\d{1,2}(?:\s*(?:,|và|va|&)\s*\d{1,2})*)\s*[:-]?\s+((?:xin hẹn|xin hen|hẹn|hen|chưa có|chua co|không phát sinh|khong phat sinh|không áp dụng|khong ap dung)(?![\p{L}\p{M}])(?!\s+(?:trả|tra)(?![\p{L}])).*)$/isu

/** Numbers before a way of having no figure are those of the list, and no figures: said as "1 = hẹn thứ Hai; 2 = hẹn thứ Hai". */
export function nameEmpties(text: string, count: number): string {
  if (count < 2) return text
  const named = text
    .split(/[;\n]/)
    .map((clause) => nameClause(clause, count) ?? (clause.includes('=') ? clause : undefined))
  return named.includes(undefined) ? text : named.join('; ')
}

function nameClause(clause: string, count: number): string | undefined {
  const [, list = '', rest = ''] = NUMBERED.exec(clause) ?? []
  const numbers = [...list.matchAll(/\d+/g)].map(([number]) => Number(number))
  const isOfList = numbers.every(
    (number, index) => number >= 1 && number <= count && number > (numbers[index - 1] ?? 0),
  )
  return numbers.length > 0 && isOfList
    ? numbers.map((number) => `${number} = ${rest.trim()}`).join('; ')
    : undefined
}
