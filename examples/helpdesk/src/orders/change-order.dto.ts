// What may be done to an order afterwards, each with its own body.
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Matches, MaxLength } from 'class-validator'

/** The body of PATCH /orders/:number. */
export class CorrectOrderDto {
  @IsOptional()
  @Matches(/^\d{1,12}(\.\d{1,2})?$/)
  total?: string

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  note?: string

  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string
}

/** The body of POST /orders/:number/cancel. */
export class CancelOrderDto {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string
}

/** The body of POST /orders/:number/refund. */
export class RefundOrderDto {
  @IsOptional()
  @Matches(/^\d{1,12}(\.\d{1,2})?$/)
  amount?: string

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string

  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string
}

/** The body of POST /orders/delete. */
export class DeleteOrdersDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Matches(/^HD-\d+$/, { each: true })
  orders!: string[]

  @IsString()
  @MaxLength(500)
  reason!: string
}
