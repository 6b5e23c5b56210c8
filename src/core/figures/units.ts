import { createFinder } from './phrases.ts'
import { foldAccents } from './text.ts'
import { readTokens, type Token } from './tokens.ts'

/** Units as written in the reports: canonical word → other ways to type it. */
const UNITS = {
  'hồ sơ': ['hồ sơ', 'hs', 'hso', 'h sơ', 'bộ hồ sơ', 'bộ hs', 'hồ sơ tthc', 'số lượng hồ sơ'],
  'học sinh': ['học sinh'],
  người: ['người', 'ng', 'đồng chí', 'đ / c', 'đc', 'đ . c', 'nhân sự', 'ông bà'],
  'cán bộ': ['cán bộ', 'cb'],
  'công chức': ['công chức', 'cc', 'cán bộ , công chức', 'cán bộ công chức', 'cbcc'],
  'viên chức': ['viên chức', 'vc'],
  'đại biểu': ['đại biểu'],
  'công dân': ['công dân', 'người dân'],
  'đoàn viên': ['đoàn viên'],
  'thanh niên': ['thanh niên'],
  'đảng viên': ['đảng viên'],
  'hội viên': ['hội viên'],
  'cá nhân': ['cá nhân'],
  'tập thể': ['tập thể'],
  hộ: ['hộ', 'hộ dân', 'hộ gia đình'],
  'lượt người': ['lượt người'],
  lượt: ['lượt', 'lượt thư', 'lượt truy cập'],
  'văn bản': ['văn bản', 'vb', 'v bản', 'vbqppl', 'văn bản qppl'],
  'kế hoạch': ['kế hoạch', 'kh'],
  'báo cáo': ['báo cáo', 'bc'],
  'công văn': ['công văn', 'cv'],
  'quyết định': ['quyết định', 'qđ'],
  'nghị quyết': ['nghị quyết', 'nq'],
  'tờ trình': ['tờ trình', 'ttr'],
  'thông báo': ['thông báo'],
  'bản kê khai': ['bản kê khai'],
  'thủ tục': ['thủ tục', 'thủ tục hành chính', 'tthc', 'tt', 'thủ tục hc'],
  'dịch vụ công': ['dịch vụ công', 'dvc', 'dvctt', 'dịch vụ'],
  'lĩnh vực': ['lĩnh vực', 'lv'],
  'nhiệm vụ': ['nhiệm vụ', 'nv'],
  'chỉ tiêu': ['chỉ tiêu', 'ct'],
  'nội dung': ['nội dung'],
  'tiêu chí': ['tiêu chí'],
  điểm: ['điểm'],
  PAKN: ['pakn', 'phản ánh kiến nghị', 'phản ánh , kiến nghị'],
  'kiến nghị': ['kiến nghị'],
  'phản ánh': ['phản ánh'],
  'ý kiến': ['ý kiến'],
  đơn: ['đơn', 'đơn thư', 'lá đơn'],
  thư: ['thư', 'thư xin lỗi', 'lá thư'],
  phiếu: ['phiếu', 'phiếu khảo sát'],
  'tin bài': ['tin bài', 'tin , bài', 'tin', 'bài', 'bài viết', 'bản tin'],
  'mô hình': ['mô hình'],
  'sáng kiến': ['sáng kiến', 'sk'],
  'hội nghị': ['hội nghị'],
  lớp: ['lớp', 'lớp tập huấn'],
  cuộc: ['cuộc', 'cuộc họp', 'cuộc kiểm tra', 'buổi họp'],
  buổi: ['buổi'],
  đợt: ['đợt'],
  lần: ['lần'],
  vụ: ['vụ', 'vụ việc'],
  máy: ['máy', 'máy tính', 'máy vi tính', 'bộ máy tính', 'bộ máy vi tính', 'máy in', 'máy scan'],
  camera: ['camera', 'cam'],
  'đường truyền': ['đường truyền'],
  thôn: ['thôn', 'ấp', '!bản', 'khóm', 'xóm', 'tổ dân phố', 'khu phố'],
  xã: ['xã', 'phường', 'thị trấn'],
  'đơn vị': ['đơn vị', 'đv', 'cơ quan', 'phòng ban'],
  'doanh nghiệp': ['doanh nghiệp', 'dn'],
  'tổ chức': ['tổ chức'],
  tổ: ['tổ', 'tổ công nghệ số'],
  'chức danh': ['chức danh'],
  'biên chế': ['biên chế'],
  'tài khoản': ['tài khoản'],
  'chứng thư số': ['chứng thư số', 'chữ ký số'],
  'giao dịch': ['giao dịch'],
  'kết quả': ['kết quả'],
  trang: ['trang'],
  'sản phẩm': ['sản phẩm'],
  'công trình': ['công trình', 'dự án'],
  nhà: ['!nhà', 'căn nhà', '!căn'],
  km: ['km', 'km 2', 'ki lô mét', 'cây số'],
  m: ['m', 'mét', 'm 2', 'm2', 'mét vuông'],
  ha: ['ha', 'hecta', 'héc ta'],
  tấn: ['tấn', 'tạ', 'kg', 'yến'],
  USD: ['usd', 'đô', 'đô la', 'dollar', 'euro', 'eur', 'tệ', 'ndt'],
  cái: ['cái', 'chiếc'],
  bộ: ['bộ'],
  'trường hợp': ['trường hợp', 'th', 'tr hợp', 'ca'],
  việc: ['việc'],
  ngày: ['ngày', 'ngày làm việc'],
  giờ: ['giờ', 'tiếng'],
  phút: ['phút'],
  tuần: ['tuần'],
  tháng: ['tháng'],
  năm: ['năm'],
  tuổi: ['tuổi'],
} as const

/** Words that count anything: never a contradiction of the unit asked. */
const GENERIC: ReadonlySet<string> = new Set([
  'cái',
  'bộ',
  'trường hợp',
  'việc',
  'vụ',
  'lượt',
  'đơn vị',
  'kết quả',
])

/** Units people use for one another. The first name of a family stands for all of it. */
const FAMILIES: readonly (readonly string[])[] = [
  [
    'người',
    'cán bộ',
    'công chức',
    'viên chức',
    'đại biểu',
    'công dân',
    'đoàn viên',
    'đảng viên',
    'hội viên',
    'thanh niên',
  ],
  ['người', 'cá nhân', 'biên chế', 'lượt người', 'học sinh'],
  ['lượt', 'lượt người', 'lần'],
  ['PAKN', 'kiến nghị', 'phản ánh', 'ý kiến'],
  ['văn bản', 'kế hoạch', 'báo cáo', 'công văn', 'quyết định', 'nghị quyết', 'tờ trình', 'thông báo'],
  ['thủ tục', 'dịch vụ công'],
  ['cuộc', 'buổi', 'hội nghị', 'đợt', 'lần', 'lớp'],
  ['đơn', 'thư', 'vụ'],
  ['xã', 'đơn vị'],
]

const TIME: ReadonlySet<string> = new Set(['ngày', 'giờ', 'phút', 'tuần', 'tháng', 'năm', 'tuổi'])

/** "same" as asked, "loose" (cannot tell), or of an "other" thing. */
export type UnitFit = 'same' | 'loose' | 'other'

export interface UnitMatch {
  readonly unit: string
  readonly end: number
}

const findListed = createFinder(UNITS)

/** The unit at a token, the asked one first: "hs" → hồ sơ, but học sinh where those are asked for. */
export function findUnit(tokens: readonly Token[], at: number, asked?: string): UnitMatch | undefined {
  const spelled = asked === undefined ? undefined : matchAsked(tokens, at, asked)
  if (spelled !== undefined) return spelled
  const found = findListed(tokens, at)
  return found && { unit: found.role, end: found.end }
}

/** Whether a typed unit can mean the asked one: ("người", "công chức") → same; ("văn bản", "hồ sơ") → other. */
export function fitUnit(typed: string, asked: string | undefined): UnitFit {
  if (!asked) return 'loose'
  // "3 hồ sơ/ngày" is a rate, not a count.
  if (typed.includes('/')) return foldAccents(typed) === foldAccents(asked.toLowerCase()) ? 'same' : 'other'
  // "tin, bài", "cán bộ, công chức": either word is the unit.
  if (
    asked.includes(',') &&
    asked
      .toLowerCase()
      .split(',')
      .some((part) => part.trim() === typed)
  )
    return 'same'
  const known = readUnit(asked)
  if (typed === (known ?? asked) || typed === asked || isOfOneFamily(typed, known ?? asked)) return 'same'
  // "số lượt" is no unit of the list, "tổ chức" is one and no kind of "tổ".
  if (known === undefined && hasWords(asked, typed)) return 'same'
  return (GENERIC.has(typed) || GENERIC.has(known ?? asked)) && !TIME.has(typed) ? 'loose' : 'other'
}

/** Units of time, which the words for dates and hours resemble. */
export function isTimeUnit(unit: string | undefined): boolean {
  return unit !== undefined && TIME.has(readUnit(unit) ?? unit)
}

/** The power of ten a column of money is in: "triệu đồng" → 6, "đồng" → 0. */
export function readColumnExponent(unit = ''): number {
  const first = foldAccents(unit.toLowerCase().normalize('NFC')).split(' ')[0] ?? ''
  return { nghin: 3, ngan: 3, trieu: 6, ty: 9, ti: 9 }[first] ?? 0
}

/** The canonical unit a question's own unit begins with: "Văn bản QPPL" → văn bản. */
export function readUnit(asked: string): string | undefined {
  return findListed(readTokens(asked.toLowerCase()), 0)?.role
}

function isOfOneFamily(a: string, b: string): boolean {
  return FAMILIES.some(
    ([head, ...members]) => (a === head && members.includes(b)) || (b === head && members.includes(a)),
  )
}

/** The asked unit as typed out, or its initials, which the list may give to another unit. */
function matchAsked(tokens: readonly Token[], at: number, asked: string): UnitMatch | undefined {
  const words = foldAccents(asked.toLowerCase()).split(' ')
  if (words.every((word, index) => tokens[at + index]?.fold === word))
    return { unit: asked, end: at + words.length }
  const initials = words.map((word) => word[0]).join('')
  return words.length > 1 && tokens[at]?.text === initials ? { unit: asked, end: at + 1 } : undefined
}

function hasWords(text: string, part: string): boolean {
  return ` ${foldAccents(text.toLowerCase())} `.includes(` ${foldAccents(part.toLowerCase())} `)
}
