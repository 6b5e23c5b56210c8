/** Spells a whole number in full northern Vietnamese; written for the tests alone, from the other end than the reader. */
export function spellNumber(n: bigint): string {
  if (n === 0n) return 'không'
  const groups: number[] = []
  for (let rest = n; rest > 0n; rest /= 1000n) groups.unshift(Number(rest % 1000n))
  const words = groups.flatMap((group, index) => {
    const place = groups.length - 1 - index
    if (group === 0 && place === 3) return ['tỷ']
    // Without its "không nghìn", "một triệu ba trăm" is 1.300.000 to most.
    if (group === 0) return place === 1 && n % 1000n > 0n ? ['không nghìn'] : []
    const scale = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn'][place] ?? ''
    // Every group after the first is said in full, so no colloquial reading is open.
    return [spellGroup(group, index > 0), scale]
  })
  return words.filter((word) => word !== '').join(' ')
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

function spellGroup(group: number, isFull: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10]
  const head = hundreds > 0 || isFull ? [`${DIGITS[hundreds]} trăm`] : []
  return [...head, ...spellTens(tens, ones, head.length > 0)].join(' ')
}

function spellTens(tens: number, ones: number, isAfterHundred: boolean): readonly string[] {
  const one = DIGITS[ones] ?? ''
  if (tens === 0 && ones === 0) return []
  if (tens === 0) return isAfterHundred ? ['linh', one] : [one]
  const ten = tens === 1 ? 'mười' : `${DIGITS[tens]} mươi`
  if (ones === 0) return [ten]
  if (ones === 5) return [ten, 'lăm']
  return [ten, ones === 1 && tens > 1 ? 'mốt' : one]
}
