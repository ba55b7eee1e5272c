// What may be told to `instrument`.
import { warn } from '../context/recording.ts'

/** How a target is instrumented. */
export type InstrumentOptions = {
  /** SELECT outside a transaction takes the context along, too: for services whose functions write. */
  select?: boolean
  /** The pool that records calls which changed nothing, or failed; the target itself unless given. */
  recordOn?: object | (() => object | undefined)
  /** Hears what went wrong while recording. The caller of an operation never does; unless given: a process warning. */
  onError?: (error: unknown) => void
}

/** Who records, where that is somebody else than the target. */
export function recordOnOf({ recordOn }: InstrumentOptions): object | undefined {
  return typeof recordOn === 'function' ? (recordOn as () => object | undefined)() : recordOn
}

/** Where errors of recording go. */
export function onErrorOf(options: InstrumentOptions): (error: unknown) => void {
  return (error) => {
    try {
      ;(options.onError ?? warn)(error)
    } catch (failure) {
      warn(failure)
    }
  }
}
