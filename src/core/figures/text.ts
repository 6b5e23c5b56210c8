/**
 * What was typed, made comparable: one spelling of every character, no invisible ones, lower case.
 * Nothing here may join or drop a visible digit; what cannot be read stays as "^" and is asked about.
 */

/** Longer than any one figure with its explanation; a longer message is not an answer to one question. */
export const LONGEST_FIGURE = 500
/** The same in words, numbers and signs. */
export const MOST_TOKENS = 150

/** "１２ hồ sơ" → "12 hồ sơ"; "m²" → "m2" but "10²" → "10^"; newlines and tabs stay "\n". */
export function cleanText(raw: string): string {
  return raw
    .replace(/[¼-¾⅐-⅞↉①-⓿❶-➓]|(?<=\p{Nd})[²³¹⁰⁴-⁹₀-₉]/gu, '^')
    .normalize('NFKC')
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, '\n')
    .replace(/[\p{Cc}\p{Cf}]|\p{Variation_Selector}|\u034f/gu, keepNewline)
    .replace(/\p{Zs}|\u20e3/gu, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2044\u2215]/g, '/')
    .replace(/(?<![\p{L}\p{M}])\p{M}+|[^\P{N}0-9]/gu, '^')
    .replace(/[\do]+(?:[.,][\do]+)*/g, readNoughts)
}

/** "Hồ sơ đã nộp" → "ho so da nop". */
export function foldAccents(text: string): string {
  if (isAscii(text)) return text
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
}

/**
 * A word with its tone moved to the end, so that both ways of placing it meet: "hoà" and "hòa" → "hoa2".
 * The same shape comes out of `decodeTyping`.
 */
export function keyWord(word: string): string {
  if (isAscii(word)) return word
  let tone = ''
  const bare = word.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
    tone = TONES[mark] ?? ''
    return ''
  })
  return bare.normalize('NFC') + tone
}

/** Telex or VNI that the keyboard did not turn into Vietnamese: "khoong", "kho6ng" → key of "không". */
export function decodeTyping(word: string): string | undefined {
  if (!/^[a-z]+[a-z1-9]*$/.test(word) || !/[aeiouy]/.test(word)) return undefined
  if (/\d/.test(word)) return decodeVni(word)
  const decoded = decodeTelex(word)
  return decoded === word ? undefined : decoded
}

const TONES: Readonly<Record<string, string>> = {
  '\u0301': '1',
  '\u0300': '2',
  '\u0309': '3',
  '\u0303': '4',
  '\u0323': '5',
}
const TELEX_TONES: Readonly<Record<string, string>> = { s: '1', f: '2', r: '3', x: '4', j: '5' }

/** Most of a reply is; taking letters apart is the dearest step of reading. */
function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}

function keepNewline(char: string): string {
  return char === '\n' ? char : ''
}

/** The letter O among digits is a nought ("1O"); beside a letter it may be the start of a word ("5ong"). */
function readNoughts(run: string, at: number, text: string): string {
  const neighbours = `${text[at - 1] ?? ' '}${text[at + run.length] ?? ' '}`
  if (!/\d/.test(run) || /[\p{L}\p{M}]/u.test(neighbours)) return run
  return run.replaceAll('o', '0')
}

function decodeTelex(word: string): string {
  let tone = ''
  const vowel = word.search(/[aeiouy]/)
  const letters = [...word].filter((letter, at) => {
    const mark = at > vowel ? TELEX_TONES[letter] : undefined
    tone = mark ?? tone
    return mark === undefined
  })
  const joined = letters.join('').replace('aa', 'â').replace('ee', 'ê').replace('oo', 'ô').replace(/^dd/, 'đ')
  return (joined.includes('w') ? addHorn(joined.replaceAll('w', '')) : joined) + tone
}

/** VNI counts sắc huyền hỏi ngã nặng 1 to 5, as the keys do; 6 to 9 are the marks of letters. */
function decodeVni(word: string): string {
  const tone = word.match(/[1-5]/g)?.at(-1) ?? ''
  const letters = word.replace(/\d/g, '')
  const roofed = word.includes('6')
    ? letters.replace(/[aeo]/, (vowel) => ({ a: 'â', e: 'ê' })[vowel] ?? 'ô')
    : letters
  const horned = /[78]/.test(word) ? addHorn(roofed) : roofed
  return (word.includes('9') ? horned.replace('d', 'đ') : horned) + tone
}

function addHorn(letters: string): string {
  if (letters.includes('uo')) return letters.replace('uo', 'ươ')
  const at = letters.search(/[aou]/)
  return letters.replace(/[aou]/, (vowel) => ({ a: 'ă', o: 'ơ', u: 'ư' })[letters[at] ?? vowel] ?? vowel)
}
