// The door of @steward/web: the frame that pages hang in.
export { type FrameOptions, startFrame } from './start-frame.tsx'
