import { createAsk, createEmpty, createValue, NO_NUMBER } from './answers.ts'
import { readIsoDay } from './civil.ts'
import { type SaidDay, settlePromise } from './dates.ts'
import type { FigureEmpty, FigureQuestion, FigureReading, FigureValue } from './figure.ts'
import { isMark, isSign, type Mark, type Piece } from './pieces.ts'
import { foldAccents } from './text.ts'
import { fitUnit } from './units.ts'

/** A reply without a number: a kind of empty, last period's value, a promise, or nothing readable. */
export function readEmpty(pieces: readonly Piece[], asked: FigureQuestion): FigureReading {
  if (isPromisedInVain(pieces, asked)) return createAsk('brokenPromise')
  const said = pieces.flatMap((_, at) => readEmptyMark(pieces, at, asked) ?? [])
  const settled = mergeEmpties(said, asked)
  if (settled !== undefined) return settled
  if (pieces.some((piece) => isMark(piece, 'change'))) {
    return createAsk('change', asked.previous === undefined ? [] : [createValue(asked.previous, asked)])
  }
  if (pieces.some((piece) => isMark(piece, 'vague', 'many'))) return createAsk('vague')
  if (isPromise(pieces)) {
    const pending = createEmpty('pending', findPromise(pieces, asked))
    // "chưa giám sát cuộc nào" is as likely none at all; "hôm nay thứ 7 nghỉ" promises nothing.
    if (pieces.some((piece) => isWordOf(piece, NOT_ANY)))
      return createAsk('empty', [createEmpty('none'), pending])
    return isPlainPromise(pieces) ? pending : createAsk('empty', [pending])
  }
  return readMarkAlone(pieces, asked)
}

type Reading = FigureValue | FigureEmpty

/** What one mark says; several choices mean it is not clear. */
interface Said {
  readonly readings: readonly Reading[]
}

function mergeEmpties(said: readonly Said[], asked: FigureQuestion): FigureReading | undefined {
  const readings = said.flatMap(({ readings }) => readings)
  const [first] = readings
  if (first === undefined) return undefined
  const names = new Set(readings.map(nameReading))
  // "không có, không phát sinh": none arisen is the fuller of the two.
  if (names.has('none') && names.has('0')) names.delete('0')
  const kept = readings.find((reading) => names.has(nameReading(reading))) ?? first
  if (names.size > 1) return createAsk('empty', readings)
  if (kept.outcome === 'value' && kept.value === '0' && !isNumberAsked(asked)) {
    return createAsk('empty', [createEmpty('none'), createEmpty('pending')])
  }
  if (
    kept.outcome === 'value' &&
    kept.unit !== undefined &&
    fitUnit(kept.unit, asked.unit) === 'other' &&
    asked.kind === 'count'
  ) {
    return createAsk('unit', [createValue('0', asked)])
  }
  return kept
}

function nameReading(reading: Reading): string {
  return reading.outcome === 'value' ? reading.value : reading.empty
}

/** Nought of 36 points or nought as a date is not what "không có" means. */
function isNumberAsked({ kind }: FigureQuestion): boolean {
  return kind !== 'date' && kind !== 'ratio' && kind !== 'score'
}

function readEmptyMark(pieces: readonly Piece[], at: number, asked: FigureQuestion): Said | undefined {
  const mark = pieces[at]
  if (!isMark(mark)) return undefined
  switch (mark.role) {
    case 'notApplicable':
      return { readings: [createEmpty('notApplicable')] }
    case 'none':
      return isContradicted(pieces) ? unclear('none', asked) : { readings: [createEmpty('none')] }
    case 'lacks':
      return unclear('0', asked)
    case 'pending':
      return readPending(pieces, mark, asked)
    case 'previous':
      return asked.previous === undefined ? undefined : { readings: [createValue(asked.previous, asked)] }
    case 'zero':
    case 'zeroHave':
    case 'notYetHave':
      return readZero(pieces, at, asked)
    default:
      return undefined
  }
}

function readPending(pieces: readonly Piece[], mark: Mark, asked: FigureQuestion): Said {
  const pending = createEmpty('pending', findPromise(pieces, asked))
  // "chưa có báo cáo" where báo cáo are counted is as likely nought.
  const isOwnUnit =
    asked.unit !== undefined && mark.fold.endsWith(` ${foldAccents(asked.unit.toLowerCase())}`)
  return { readings: isOwnUnit ? [pending, createValue('0', asked)] : [pending] }
}

// Nought in words.

/** Courtesies after a nought that change nothing. */
const POLITE = new Set(
  'a nhe nha nhi da vang em anh chi co chu bac sep thua dong chi luon thoi dau het ca roi " ( ) . ! :'.split(
    ' ',
  ),
)
/** What an office has none of. Another word after "không có" may mean that the answer is missing. */
const COUNTED = new Set(
  (
    'nao gi ai bat ky cu the truong hop phat sinh kien nghi vu viec don thu khieu nai to cao phan anh qua han tre cham muon ' +
    'ton dong vi pham moi sai sot vuong mac kho khan de xuat sang kien mo hinh cuoc kiem tra thanh tra trong ky quy nay thang nam ' +
    'hien tai tai xa phuong thi tran dia ban don vi cua ve bi lien quan nop tra lai rut buu chinh cong ich truc tuyen tiep thuoc ' +
    'tham quyen giai quyet nhan xu ly ban hanh ra soat ky luat tinh gian bien che can bo cong chuc vien chuc nguoi dan cong dan ' +
    'to chuc doanh nghiep linh vuc dac biet khac nhac nho xin loi mot qua phai duoc cac ho so can bo sung yeu cau tu choi huy'
  ).split(' '),
)
/** "không hồ sơ nào". */
const NOT_ANY = new Set(['nao', 'gi', 'ai'])
/** What is promised of a figure. */
const DELIVERED = new Set(['gui', 'nop', 'xong', 'bao', 'sung', 'hen'])
/** What leads to a day to come or follows it. */
const PROMISING = new Set(
  'co se den vao khoang de moi hom ngay tuan sau toi nay ki nua so lieu day du minh toi tui phong bo phan'.split(
    ' ',
  ),
)
/** After these the reply goes on to say otherwise. */
const CONTRARY = new Set('nhung ma chi tru rieng con ngoai song tuy neu sao tai'.split(' '))

function readZero(pieces: readonly Piece[], at: number, asked: FigureQuestion): Said | undefined {
  const mark = pieces[at]
  if (!isMark(mark)) return undefined
  const clause = listClause(pieces, at + 1)
  const isBare = clause.every((piece) => isPolite(piece))
  const pending = createEmpty('pending', findPromise(pieces, asked))
  if (isBare && mark.role === 'notYetHave') return { readings: [pending] }
  if (isContradicted(pieces)) return unclear('0', asked)
  const isCounted = clause.every((piece) => isPolite(piece) || isCountedPiece(piece))
  const head = clause.find((piece) => !isPolite(piece))
  const unit = clause.find((piece) => piece.type === 'unit' || isMark(piece))
  const zero = createValue('0', asked, unit?.type === 'unit' ? { unit: unit.fold } : {})
  const isNamed =
    mark.role !== 'zero' || head?.type === 'unit' || clause.some((piece) => isWordOf(piece, NOT_ANY))
  return isBare || (isCounted && isNamed) ? { readings: [zero] } : unclear('0', asked)
}

function unclear(meant: '0' | 'none', asked: FigureQuestion): Said {
  return { readings: [meant === '0' ? createValue('0', asked) : createEmpty('none'), createEmpty('pending')] }
}

function listClause(pieces: readonly Piece[], from: number): readonly Piece[] {
  const stop = pieces.findIndex((piece, at) => at >= from && isClauseEnd(piece))
  return pieces.slice(from, stop < 0 ? undefined : stop)
}

function isClauseEnd(piece: Piece): boolean {
  return (
    isSign(piece, ',', ';', '.', '\n', '!', '(', '-') ||
    isMark(piece, 'pending', 'none', 'zero', 'zeroHave', 'notYetHave', 'previous')
  )
}

function isPolite(piece: Piece): boolean {
  return (piece.type === 'word' || piece.type === 'sign') && POLITE.has(piece.fold)
}

function isCountedPiece(piece: Piece): boolean {
  if (piece.type === 'word') return COUNTED.has(piece.fold)
  return (
    piece.type === 'unit' ||
    piece.type === 'name' ||
    piece.type === 'day' ||
    isMark(piece, 'plain', 'or', 'to', 'atLeast')
  )
}

function isContradicted(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => isWordOf(piece, CONTRARY) || isMark(piece, 'not', 'unsure', 'otherPeriod'))
}

function isWordOf(piece: Piece, folds: ReadonlySet<string>): boolean {
  return piece.type === 'word' && folds.has(piece.fold)
}

// Promises.

/** "mai em gửi", "thứ 6 tuần sau có", "…": a day to come or a blank stands for "not yet". */
function isPromise(pieces: readonly Piece[]): boolean {
  const isSaid = pieces.some((piece) => isWordOf(piece, DELIVERED))
  return pieces.some(
    (piece) => isMark(piece, 'waiting') || (piece.type === 'day' && isAhead(piece.said, isSaid)),
  )
}

/** Beside a day to come only words of handing over: "thứ 6 tuần sau có", "mai em gửi". */
function isPlainPromise(pieces: readonly Piece[]): boolean {
  if (pieces.some((piece) => isMark(piece, 'waiting') || isWordOf(piece, DELIVERED))) return true
  return pieces.every((piece) => piece.type !== 'word' || POLITE.has(piece.fold) || PROMISING.has(piece.fold))
}

function isAhead({ month, offset, isToday }: SaidDay, isSaid: boolean): boolean {
  if (month !== undefined || isToday) return isSaid
  return offset === undefined || offset >= 0
}

function saysPromise(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => isMark(piece, 'pending') && piece.fold.endsWith('hen'))
}

/** "hẹn 30/2", "hẹn hôm qua": no such day will come. */
function isPromisedInVain(pieces: readonly Piece[], asked: FigureQuestion): boolean {
  // Who says that there is nothing yet has said so, whatever the day.
  const isPending = pieces.some((piece) => isMark(piece, 'pending', 'notYetHave') && piece.fold !== 'hen')
  if (readIsoDay(asked.today ?? '') === undefined || isPending || !saysPromise(pieces)) return false
  const days = pieces.flatMap((piece) => (piece.type === 'day' && !piece.said.isVague ? [piece.said] : []))
  return days.length > 0 && findPromise(pieces, asked) === undefined
}

function findPromise(pieces: readonly Piece[], asked: FigureQuestion): string | undefined {
  const isPromised = saysPromise(pieces)
  const days = pieces.flatMap((piece) =>
    piece.type === 'day' && (isPromised || !piece.said.isToday) ? [piece.said] : [],
  )
  const promises = days.flatMap((said) => settlePromise(said, asked.today) ?? [])
  return promises.find((day) => day >= (asked.today ?? ''))
}

// Nothing but a mark.

function readMarkAlone(pieces: readonly Piece[], asked: FigureQuestion): FigureReading {
  const folds = pieces.map((piece) => ('fold' in piece ? piece.fold : ''))
  if (folds.includes('^')) return createAsk('unreadable')
  const isMarkOnly = folds.every((fold) => /^([xkovd]|oo|[^a-z0-9]+)$/.test(fold))
  if (!isMarkOnly || folds.join('').trim() === '') return NO_NUMBER
  const zero = isNumberAsked(asked) ? [createValue('0', asked)] : []
  return createAsk('mark', [...zero, createEmpty('notApplicable'), createEmpty('pending')])
}
