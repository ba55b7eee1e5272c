// Which customer goes into another one.
import { IsNumberString, IsOptional, IsString, MaxLength } from 'class-validator'

/** The body of POST /customers/:id/merge. */
export class MergeCustomerDto {
  @IsNumberString({ no_symbols: true })
  from!: string

  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string
}
