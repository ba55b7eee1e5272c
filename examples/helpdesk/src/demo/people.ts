// The people who try Steward in the demo, ready made: one for each role.

/** Who can sign in to Steward. The passwords are for a demo on one's own machine, and for nothing else. */
export const demoPeople: readonly DemoPerson[] = [
  { email: 'seoyeon@helpdesk.example', name: '이서연', role: 'cx', password: 'support-1004-demo' },
  { email: 'jihun@helpdesk.example', name: '박지훈', role: 'developer', password: 'develop-1004-demo' },
  { email: 'admin@helpdesk.example', name: '최유진', role: 'admin', password: 'manage-1004-demo' },
]

/** One of them. `role` is a role of steward.config.ts, or `admin`. */
export type DemoPerson = { email: string; name: string; role: 'cx' | 'developer' | 'admin'; password: string }
