// An order as it comes in.
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsNumberString,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator'

/** One line of it. */
export class PlaceOrderItemDto {
  @IsString()
  @MaxLength(40)
  sku!: string

  @IsString()
  @MaxLength(200)
  product!: string

  @IsInt()
  @Min(1)
  @Max(10_000)
  quantity!: number

  /** Money is text: 12000 or 12000.50. */
  @Matches(/^\d{1,10}(\.\d{1,2})?$/)
  unitPrice!: string
}

/** The body of POST /orders. A customer orders for themselves; a member says for whom. */
export class PlaceOrderDto {
  @IsOptional()
  @IsNumberString({ no_symbols: true })
  customer?: string

  @ValidateNested({ each: true })
  @Type(() => PlaceOrderItemDto)
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  items!: PlaceOrderItemDto[]

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  note?: string
}
