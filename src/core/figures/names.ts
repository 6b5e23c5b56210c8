import { createFinder } from './phrases.ts'
import type { Token } from './tokens.ts'
import { findUnit, isTimeUnit } from './units.ts'

/**
 * Numbers that name something and count nothing: documents, standards, places, periods, slogans.
 * "place" rows give way when a unit follows: "tổ 3" is a name, "tổ 3 người" is not.
 */
const NAMES = {
  document: [
    '# / * - *',
    '# / * - * - *',
    '# / # / * - *',
    '# / # / * - * - *',
    '# - nq|ct|kl|qđ|hd|bc|kh|cv / *',
    '# / qđ|nđ|nq|ct|bc|kh|tb|tt|cv|ttr|hd|qh|kl',
    '# / # / qđ|nđ|nq|ct|bc|kh|tb|tt|qh|nđcp',
    'nghị|thông|quyết|chỉ|kế|công|tờ|báo|hướng|giấy định|tư|quyết|thị|hoạch|văn|trình|cáo|dẫn|mời số #',
    'thông báo số #',
    'văn bản số #',
    'nghị|thông định|tư|quyết #',
    'chỉ thị #',
    'luật số #',
    'nđ #',
    'đề án #',
    'kh|qđ|bc|cv|tb|nq|ct|tt số #',
    'iso #',
    'iso # : #',
    'tcvn iso # : #',
    'tcvn iso #',
    'tcvn|qcvn #',
    'tcvn|qcvn # : #',
    'phiên bản #',
    'tổng đài|hotline #',
    'hotline #',
    'đường dây nóng #',
    'tổng đài số #',
    'kênh|cổng|qua|gọi 1022',
    'số điện thoại #',
    'sđt|đt #',
    'sđt|đt : #',
  ],
  level: [
    'mức độ #',
    'mức độ # / #',
    'mức độ # - #',
    'mức độ # , #',
    'mức độ # và #',
    'mức độ # và mức độ #',
    'cấp độ #',
    'cấp độ # , #',
    '24 / 24',
    '24 / 7',
  ],
  slogan: [
    '#|ba|bốn|năm|sáu|bảy biết|rõ|xin|dám',
    '#|ba|bốn|năm tại chỗ',
    '#|một cửa',
    '#|một cửa liên thông',
    '#|một phần',
    '#|hai|ba cấp',
    '#|hai chiều',
    '#|ba bên',
  ],
  place: [
    'thôn|ấp|tổ|khóm|phường|quận|xóm|đội|phòng|tầng|trang|điều|khoản|mục|chương|cột|dòng|bước|khu|vùng|biểu|bảng|mẫu #',
    'khu phố #',
    'tổ dân phố #',
    'tổ dân phố số #',
    'tổ|thôn|ấp|khóm|biểu|bảng|mẫu|câu số #',
    'khu vực #',
    'phụ lục #',
    'phụ lục @',
    'điều|chương|mục @',
    'bậc|hạng|câu|ý|lô|hẻm|ngõ|kiệt #',
    'số nhà #',
    'quốc lộ|tỉnh lộ #',
    'lần|đợt|khóa|kỳ|tuần #',
    'lần|đợt|tuần thứ #',
    'giai đoạn #',
  ],
  period: [
    'quý #',
    'quý # / #',
    'quý # năm ##',
    'quý @',
    'quý @ / ##',
    'quý @ năm ##',
    'q1|q2|q3|q4',
    'q1|q2|q3|q4 / ##',
    'qúy #|@',
    'tháng #',
    'tháng # / ##',
    'tháng # năm ##',
    'tháng một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|giêng|chạp',
    'tháng mười một|hai',
    'năm ##',
    'năm ## - ##',
    'năm học ## - ##',
    'giai đoạn ## - ##',
    'nhiệm kỳ ## - ##',
    'giai đoạn ## đến ##',
    'từ năm ## đến năm ##',
    'từ ## đến ##',
    'năm nay|qua',
    'trong|cả|đầu|cuối|hàng|hằng|mỗi|nửa năm',
    'thứ nhất|nhì',
    'thứ #|hai|ba|tư|năm|sáu|bảy hàng|hằng tuần',
    'thứ # , #',
    'thứ # , # , #',
    'thứ # , # , # , #',
    'thứ # , # và #',
    'thứ # và #',
    'thứ # và thứ #',
    'thứ # , thứ #',
    'thứ #|hai|ba|tư|năm|sáu|bảy đến thứ #|hai|ba|tư|năm|sáu|bảy',
  ],
  /** Only where no time is asked for. */
  clock: [
    '# tháng đầu|cuối năm',
    '# tháng đầu|cuối năm ##',
    '# tháng năm ##',
    '# tháng / ##',
    '3|6|9|12|03|06|09|ba|sáu|chín tháng',
    '3|6|9|12|03|06|09|ba|sáu|chín tháng qua',
    '3|6|9|12|03|06|09|ba|sáu|chín tháng đầu|cuối năm',
    '# h|g',
    '# h|g #',
    '# giờ #',
    '# giờ # phút',
    '# giờ sáng|chiều|tối|trưa',
    'lúc # giờ',
    '# : #',
  ],
} as const

const findName = createFinder(NAMES)
const SCALED = ['%', 'tram', 'trieu', 'nghin', 'ngan', 'ty', 'dong']

/** Where a name that holds a number ends: "ISO 9001:2015" is four tokens that count nothing. */
export function findNameEnd(tokens: readonly Token[], at: number, unit?: string): number | undefined {
  const found = findName(tokens, at)
  if (found === undefined) return undefined
  const { role, end } = found
  if (SCALED.includes(tokens[end]?.fold ?? '')) return undefined
  if (role === 'place' && findUnit(tokens, end, unit) !== undefined) return undefined
  if (role === 'clock' && (isTimeUnit(unit) || !isClock(tokens, at))) return undefined
  return role === 'document' ? endSymbol(tokens, end) : end
}

/** "75/KH-UBND": the letters after the number belong to it. */
function endSymbol(tokens: readonly Token[], from: number): number {
  let end = from
  while (isGluedSign(tokens[end]) && tokens[end + 1]?.gap === 0) end += 2
  return end
}

function isGluedSign(token: Token | undefined): boolean {
  return token?.gap === 0 && (token.text === '/' || token.text === '-')
}

/** "14:30" is a time; "1 : 5000" is not. */
function isClock(tokens: readonly Token[], at: number): boolean {
  if (tokens[at + 1]?.text !== ':') return true
  const [hour, minute] = [tokens[at], tokens[at + 2]]
  return Number(hour?.text) < 24 && /^[0-5]\d$/.test(minute?.text ?? '') && minute?.gap === 0
}
