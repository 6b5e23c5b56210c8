import { keyWord } from '../figures/text.ts'
import { createPhraseFinder } from './words.ts'

/** The small words of a reply that hold it together. Accents may be left out by whoever types them. */
const LINKS = {
  /** What follows are parts of what came before. */
  inner: ['trong đó', 'trong ấy', 'bao gồm', 'gồm', 'gồm có', 'cụ thể', 'trong số đó'],
  /** What follows is for every item not named yet. */
  rest: [
    'còn lại',
    'các|mấy|những mục|cái|số|loại|phần còn lại',
    'các|mấy|những mục|cái|số|loại|phần khác',
    'mục|phần|số còn lại',
    'các|mấy|những|phần|số còn lại',
    'các|mấy|những mục|cái|loại kia',
  ],
  /** What follows is otherwise than what was said of all. */
  except: [
    'riêng',
    'trừ',
    'ngoại trừ',
    'chỉ riêng',
    'riêng có',
    'trừ mục',
    'chỉ sửa',
    'chỉ khác',
    'chỉ thay đổi',
  ],
  /** A slip mended: it belongs to the value before it. */
  mend: [
    'à nhầm',
    'nhầm',
    'à không',
    'em nhầm',
    'xin lỗi',
    'lộn',
    'à lộn',
    'sửa lại',
    'sửa thành',
    'đính chính',
    'chứ không|ko|k phải',
    'không|ko phải',
    'đúng ra|là',
    'đúng phải là',
    'phải là',
    'ý em là',
    'hay là',
    'hoặc',
    'hoặc là',
  ],
  /** The last day after the first. */
  until: ['đến|tới', 'đến|tới hết', 'đến|tới ngày', 'đến|tới hết ngày', 'cho đến|tới', 'cho đến|tới ngày'],
  and: ['và', 'với', 'còn'],
  /** What was reached is said after what was done: "thu 4,46 tỷ đạt 15,93%". */
  reach: ['đạt', 'đạt được', 'đạt tỷ|tỉ lệ'],
} as const

export type Link = keyof typeof LINKS

/** "trong đó", "còn lại", "riêng", "à nhầm", "và" at a word. */
export const findLink = createPhraseFinder<Link>(LINKS)

const NO = 'không|ko|kô|hông|hong|khg|hok|k|kh'
const NOT_YET = 'chưa|chửa'
const LAST = 'kỳ|kì|quý|tháng|năm|lần|đợt'

/** Words that stand where a figure would; the figure reader says what they mean. */
const EMPTIES = {
  empty: [
    'không|ko|kô|hông|khg|hok',
    `${NO}|${NOT_YET} có`,
    `${NO} còn`,
    `${NO}|${NOT_YET} phát sinh|ps`,
    `${NO}|${NOT_YET} có phát sinh|ps`,
    'kps',
    `${NO} áp dụng`,
    `${NO}|${NOT_YET} có số|sl`,
    `${NO}|${NOT_YET} có số|dữ|thông liệu|tin`,
    `${NOT_YET} rõ|biết|nắm|xong|đủ|chốt|đếm|tính|kịp`,
    `${NOT_YET} tổng|thống|cập hợp|kê|nhật`,
    'đang tổng|thống|cập|rà hợp|kê|nhật|soát',
    'hẹn',
    `như|bằng|giống ${LAST} trước|rồi`,
    `vẫn như ${LAST} trước`,
    'như|vẫn|y cũ|trước|vậy|thế|nguyên',
    'vẫn như cũ|trước',
    'số cũ',
    'giữ nguyên',
    'vẫn giữ nguyên',
    `${NO} đổi`,
    `${NO} thay đổi`,
    `${NO} có thay đổi`,
  ],
} as const

/** "không có", "chưa có số liệu", "như kỳ trước" at a word. */
export const findEmpty = createPhraseFinder(EMPTIES)

const COURTESIES = {
  fluff: [
    'dạ',
    'chào|alo',
    'chào anh|chị|sếp|bạn|em',
    'em chào anh|chị|sếp',
    'gửi',
    'vâng',
    'thưa anh|chị|sếp|đồng',
    'kính gửi|thưa',
    'em|tôi|mình|cháu|anh|chị|bên|chúng',
    'bên em|tôi|mình',
    'chúng|bọn|tụi em|tôi|mình',
    'em|tôi|mình gửi|báo|xin',
    'em|tôi|mình xin gửi|báo',
    'em|tôi|mình báo cáo',
    'em|tôi|mình xin báo cáo',
    'xin gửi|báo',
    'gửi|báo anh|chị|sếp|lại',
    'báo cáo',
    'báo cáo anh|chị|sếp',
    'anh|chị|sếp ơi',
    'số liệu',
    'sl',
    'kết quả',
    'như sau',
    'như dưới đây',
    'đây ạ|là|nhé',
    'hnay',
    'hôm nay',
    'kỳ này',
    'trong kỳ',
    'trong kỳ này',
    'ạ|nhé|nha|nhá',
    'a',
    'thì',
    'chỉ',
    'chỉ có',
    'là',
    'có',
    'được',
    'thu được',
  ],
} as const

/** Greetings and other words before a figure that say nothing of it. */
export const findFluff = createPhraseFinder(COURTESIES)

const ALL = {
  all: [
    'tất cả',
    'tất cả các mục',
    'tất cả đều',
    'đều',
    'cả',
    'toàn bộ',
    'các mục',
    'các mục đều',
    'mọi mục',
    'hết',
    'hết cả',
    'tất',
  ],
} as const

/** "tất cả", "đều", "cả" at a word. */
export const findAll = createPhraseFinder(ALL)

const PAST = {
  past: [`${LAST} trước|rồi|ngoái`, 'cùng kỳ', 'cùng kỳ năm trước|ngoái', 'lũy kế', 'luỹ kế'],
  plan: ['kế hoạch', 'dự toán', 'chỉ tiêu'],
} as const

/** Words of other columns: "kỳ trước", "cùng kỳ", "kế hoạch". */
export const findPast = createPhraseFinder(PAST)

const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  'kỳ trước': ['cũ', 'tồn cũ', 'tồn kỳ trước'],
  'quá hạn': ['trễ', 'trễ hạn', 'muộn', 'chậm', 'chậm hạn', 'muộn hạn'],
  'trước hạn': ['sớm', 'sớm hạn'],
  'trực tuyến': ['online', 'qua mạng'],
  'bưu chính': ['bưu điện', 'bcci', 'bưu chính công ích'],
  'đang giải quyết': ['đang xử lý', 'tồn', 'chưa giải quyết', 'chưa xử lý'],
  'giải quyết': ['xử lý', 'gq'],
}

/** Other words for the same: "trễ" → "quá hạn". Used only where the pack itself has the second. */
export const findSynonym = createPhraseFinder(SYNONYMS)

/** Number words, to know that a value has been said; plain "nam" and "sau" are too often other words. */
export const NUMBER_WORDS: ReadonlySet<string> = new Set(
  'một hai ba bốn năm sáu bảy tám chín mười mươi trăm nghìn ngàn chục triệu tỷ muoi tram nghin trieu'
    .split(' ')
    .map(keyWord),
)

/** Only after a number: "4,46 tỷ" names no "tỷ lệ". */
export const SCALE_WORDS: ReadonlySet<string> = new Set(
  ['tỷ', 'tỉ', 'ty', 'ti', 'triệu', 'trieu', 'tr', 'nghìn', 'nghin', 'ngàn', 'trăm', 'chục', 'đồng', 'đ'].map(
    keyWord,
  ),
)

/** Words of a name that tell no item from another; a reply may leave them out or add them. */
export const WEAK_WORDS: readonly string[] = (
  'số các của được trong kỳ này về và là theo tại cho ở từ qua sang bằng hình thức có đó lượng những với ubnd tthc cchc ' +
  'xã phường hồ sơ hs thì còn do trên bị nộp gửi như sau mục loại cái ca bộ đạt thuộc'
).split(' ')

/** What makes a total of a name or a label. */
export const TOTAL_WORDS: ReadonlySet<string> = new Set(['tổng', 'cộng', 'tong'].map(keyWord))
