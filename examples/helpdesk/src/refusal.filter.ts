// Answers over HTTP when the domain says no.
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common'
import { Refusal, type RefusalCode } from './refusal.ts'

/** What is needed here of the platform's response. */
type Answerable = { status(code: number): { json(body: unknown): unknown } }

const statuses: Record<RefusalCode, number> = { NOT_FOUND: 404, NOT_POSSIBLE: 409, NOT_SENSIBLE: 422 }

/** A refusal of the domain with its status. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch({ code, message, hint }: Refusal, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Answerable>().status(statuses[code]).json({ code, message, hint })
  }
}
