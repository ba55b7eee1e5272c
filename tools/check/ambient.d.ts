// What examples may use without declaring it: a pool, a trail, and the few names of a service that tell the story.
declare const pool: import('pg').Pool
declare const trail: import('@steward/trail').Trail
declare const orderId: string
declare const customerId: string
