/** The pages' words, as proposed for prompts/texts.yaml. */
export const WORDS = {
  'web.title': 'Thư ký báo cáo',
  'web.closed':
    'Trang này chỉ dùng để làm thử với đơn vị mẫu; hiện không có đơn vị mẫu nào nên trang tạm đóng.',
  'web.wrongHost':
    'Địa chỉ này không được phép truy cập. Đề nghị mở trang bằng đúng địa chỉ đã được cung cấp.',
  'web.wrongOrigin': 'Yêu cầu được gửi từ một trang khác nên không được tiếp nhận.',
  'web.notFound': 'Không tìm thấy nội dung được yêu cầu.',
  'web.wrongMethod': 'Cách gửi yêu cầu này không được hỗ trợ.',
  'web.unknownPerson': 'Không có người này trong danh sách của đơn vị.',
  'web.badRequest': 'Yêu cầu không đọc được nên chưa được ghi nhận.',
  'web.tooLong': 'Tin nhắn quá dài nên chưa được ghi nhận. Đề nghị chia thành nhiều tin ngắn hơn.',
  'web.notStored':
    'Tin nhắn chưa được ghi nhận, nội dung vẫn được giữ trong ô soạn. Đề nghị gửi lại sau ít phút.',
  'web.fault':
    'Hệ thống gặp sự cố, số {number}. Đề nghị thử lại sau ít phút; nếu vẫn gặp, báo số này cho người phụ trách.',

  'web.noScript': 'Trang này cần JavaScript. Đề nghị bật JavaScript trong trình duyệt rồi mở lại.',
  'web.skipToChat': 'Đến ô soạn tin',
  'web.views': 'Các phần của trang',
  'web.tabPeople': 'Cán bộ',
  'web.tabChat': 'Trao đổi',
  'web.tabBoard': 'Tiến độ',
  'web.people': 'Danh sách cán bộ',
  'web.peopleHint': 'Chọn một người để làm thử ở vị trí của người đó.',
  'web.choosePerson': 'Mời chọn một người trong danh sách cán bộ để bắt đầu.',
  'web.progress': 'Đã có {done}/{total} mục',
  'web.noItems': 'Không phụ trách mục nào',
  'web.unread': 'Tin mới',

  'web.chatWith': '{name}',
  'web.noMessages': 'Chưa có tin nhắn nào. Có thể gửi “Bắt đầu” để làm việc với thư ký.',
  'web.fromYou': 'Đã gửi',
  'web.fromBot': 'Thư ký',
  'web.via': 'qua {channel}',
  'web.waiting': 'Thư ký đang xử lý…',
  'web.quickReplies': 'Câu trả lời nhanh',
  'web.download': 'Tải tệp về',
  'web.yourMessage': 'Nội dung trả lời',
  'web.placeholder': 'Nhập câu trả lời',
  'web.keysHint': 'Phím Enter để gửi, Shift + Enter để xuống dòng.',
  'web.send': 'Gửi',
  'web.sending': 'Đang gửi',
  'web.notSent':
    'Chưa gửi được tin nhắn, nội dung vẫn được giữ trong ô soạn. Đề nghị bấm Gửi lại sau ít phút.',
  'web.reconnecting': 'Mất kết nối với máy chủ, đang tự kết nối lại. Nội dung đã soạn vẫn được giữ.',
  'web.reconnected': 'Đã kết nối lại.',
  'web.loading': 'Đang tải…',

  'web.board': 'Tiến độ báo cáo',
  'web.noBoard': 'Chưa có kỳ báo cáo nào đang mở.',
  'web.deadline': 'Hạn nộp: {deadline}.',
  'web.byPerson': 'Theo người phụ trách',
  'web.bySection': 'Theo từng mục',
  'web.owner': 'Phụ trách: {owner}',
  'web.stateOpen': 'Chưa có số liệu',
  'web.stateAnswered': 'Đã có số liệu',
  'web.statePending': 'Hẹn bổ sung sau',

  'web.fileReady': 'Tệp “{name}” đã sẵn sàng. Bấm nút dưới đây để tải về; liên kết này chỉ tải được một lần.',
  'web.fileHint':
    'Đang mở trong Zalo hoặc Telegram thì nên bấm dấu ba chấm, chọn mở bằng trình duyệt, rồi hãy tải.',
  'web.fileSend': 'Chọn một tệp trong máy rồi bấm nút Gửi tệp.',
  'web.fileLabel': 'Tệp cần gửi',
  'web.fileTaken':
    'Nhận tệp .docx, .xlsx, .csv, .txt, tối đa 5 MB. Không gửi bí mật nhà nước và dữ liệu cá nhân của công dân.',
  'web.fileUpload': 'Gửi tệp',
  'web.fileStored': 'Đã nhận tệp “{name}”. Đề nghị quay lại cửa sổ trò chuyện.',
  'web.fileNotStored':
    'Chưa ghi nhận được tệp “{name}”. Đề nghị gửi lại sau ít phút; liên kết này vẫn dùng được.',
  'web.fileNone': 'Chưa chọn tệp, hoặc tệp không có nội dung. Đề nghị chọn lại rồi bấm nút Gửi tệp.',
  'web.fileTooLarge':
    'Tệp lớn quá 5 MB nên chưa được nhận. Đề nghị gửi tệp nhỏ hơn; liên kết này vẫn dùng được.',
  'web.fileGone':
    'Liên kết này đã được dùng hoặc đã hết hạn. Đề nghị quay lại cửa sổ trò chuyện: gõ “gửi tệp” để lấy liên kết gửi tệp, hoặc gõ lại /baocao để nhận báo cáo.',
} as const
