// What was planted, written down so that the demo can point at it and tests can compare.

/** Numbers of orders as customers know them; instants in ISO 8601. */
export type Planted = {
  /** The admin of Acme deleted all orders of one of their customers. */
  deletion: {
    customer: { id: string; name: string; email: string }
    by: { id: string; name: string; email: string }
    procedure: 'orders.deleteMany'
    reason: string
    at: string
    operation: string
    orders: string[]
    orderIds: string[]
    items: number
    conversation: string
  }
  /** A release set the totals of the orders of one plan to zero; some were changed by people since. */
  release: {
    release: string
    plan: 'team'
    procedure: 'billing.recalculate'
    from: string
    to: string
    operation: string
    orders: string[]
    orderIds: string[]
    /** Their totals before, by number. */
    totals: Record<string, string>
    /** Whose total somebody has set since: conflicts of a revert. */
    corrected: string[]
    /** Edited since in other columns: a revert leaves that alone. */
    edited: string[]
  }
  /** Columns that CX must not see, with values of one customer that must be nowhere. */
  masked: {
    entity: 'customers'
    key: string
    values: Record<'resident_number' | 'card_last4' | 'internal_note', string>
  }
  /** A conversation in the bin, for the procedure conversations.restore. */
  deletedConversation: { id: string; subject: string; messages: number }
}
