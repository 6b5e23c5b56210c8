import type { Clause } from './clauses.ts'
import type { AskedItem } from './reading.ts'
import type { Word } from './words.ts'

/** "1. 31", "2/ 0", "3- 92" at the start of a clause: a number of the list, or part of the value? */
interface Enumerated {
  readonly n: number
  readonly sign: string
  readonly words: readonly Word[]
}

/** Takes the numbers of a numbered list off its clauses; where nothing but the list shows them to be numbers, they become marks. */
export function readNumbering(clauses: readonly Clause[], asked: readonly AskedItem[]): readonly Clause[] {
  const found = clauses.map(readEnumerator)
  const plain = found.flatMap((one) => (one && one.words[0]?.type === 'number' ? [one] : []))
  const isList = isNumberedList(plain, clauses, asked)
  return clauses.map((clause, index): Clause => {
    const one = found[index]
    if (!one) return clause
    if (one.words[0]?.type === 'word') {
      const target = asked[one.n - 1]
      const isNamed = one.words.some(({ type }) => type === 'number')
      return isNamed || !isList
        ? { ...clause, words: one.words }
        : { ...clause, words: one.words, mark: markOf(one, target) }
    }
    return isList ? { ...clause, words: one.words, mark: markOf(one, asked[one.n - 1]) } : clause
  })
}

function markOf({ n }: Enumerated, target: AskedItem | undefined): NonNullable<Clause['mark']> {
  return { name: String(n), target, isFirm: false, end: 0 }
}

const SIGNS: ReadonlySet<string> = new Set([...'./-–)'])

function readEnumerator({ words, mark, before }: Clause): Enumerated | undefined {
  const [number, sign, value] = words
  if (mark || number?.type !== 'number' || !/^\d{1,2}$/.test(number.text)) return undefined
  if (sign?.type === 'number' && sign.gap && before === 'hard')
    return { n: Number(number.text), sign: ' ', words: words.slice(1) }
  if (sign === undefined || value === undefined || !SIGNS.has(sign.text)) return undefined
  const isWord = value.type === 'word'
  const isApart = !sign.gap && (value.gap || isWord)
  return isApart || isWord ? { n: Number(number.text), sign: sign.text, words: words.slice(2) } : undefined
}

/** At least two lines, numbered upwards; "1. 234" and "3. 500" may be thousands with a stray space. */
function isNumberedList(
  found: readonly Enumerated[],
  clauses: readonly Clause[],
  asked: readonly AskedItem[],
): boolean {
  const isRising = found.every(({ n }, index) => n > (found[index - 1]?.n ?? 0))
  if (found.length < 2 || !isRising || found.some(({ n }) => n > asked.length)) return false
  const isWhole = clauses.filter(({ hasValue }) => hasValue).length === found.length
  const isFromOne = found.every(({ n }, index) => n === index + 1)
  const isThousandAt = ({ words }: Enumerated): boolean => /^\d{3}$/.test(words[0]?.text ?? '')
  const isThousand = found.some(isThousandAt)
  if (found.some(({ sign }) => sign === ' ')) return isWhole && isFromOne && !found.every(isThousandAt)
  const isPoint = found.every(({ sign }) => sign === '.' || sign === ')')
  const isShare = asked.some(
    ({ item }) => item.kind === 'ratio' || item.kind === 'score' || item.kind === 'date',
  )
  return isWhole && (isPoint ? isFromOne || !isThousand : isFromOne && !isShare)
}
