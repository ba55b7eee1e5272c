// The library door of @steward/inquiries.
export { answerInquiry, closeInquiry, reopenInquiry } from './answer-inquiry.ts'
export { askInquiry, type Question } from './ask-inquiry.ts'
export { inquiriesErrors } from './errors.ts'
export { readInquiry } from './find-inquiry.ts'
export { Inquiry, InquiryDetails } from './inquiry.ts'
export { type InquiryPage, type InquiryQuestion, listInquiries } from './list-inquiries.ts'
export { reportWeeks } from './report-weeks.ts'
export { takeInquiry } from './take-inquiry.ts'
