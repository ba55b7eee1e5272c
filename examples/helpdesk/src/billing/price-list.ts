// What a plan costs, and what it takes off the orders of a workspace.

/** What a workspace can buy. */
export type Plan = 'starter' | 'team' | 'business'

/** `pricePerSeat` a month in won; `discountPercent` is taken off each order. */
export type PriceList = Readonly<Record<Plan, { pricePerSeat: string; discountPercent: number }>>

/** The prices of today. */
export const priceList: PriceList = {
  starter: { pricePerSeat: '9900.00', discountPercent: 0 },
  team: { pricePerSeat: '19900.00', discountPercent: 10 },
  business: { pricePerSeat: '39900.00', discountPercent: 15 },
}
