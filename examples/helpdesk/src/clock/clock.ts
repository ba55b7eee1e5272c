// What time it is for the service; a class of its own so that tests and the demo can hand in another.
import { Injectable } from '@nestjs/common'

/** Asked by whoever writes an instant into a row. */
@Injectable()
export class Clock {
  /** The present moment. */
  now(): Date {
    return new Date()
  }
}
