// The state of the trail through the eyes of a role: tables that it does not see are not named.
import { type Examination, examine } from '../install/doctor.ts'
import { type MaintainReport, maintain } from '../install/maintain.ts'
import { readStatus, type Status } from '../install/status.ts'
import { type TrackedTable, type TrackOptions, type TrackTarget, track } from '../install/track.ts'
import { isReadable, type Sight, withNamed } from './sight.ts'

/** The tables that the role sees. */
export async function seeStatus(sight: Sight): Promise<Status> {
  const status = await readStatus(sight.queryable)
  return { ...status, tables: status.tables.filter(({ entity }) => isReadable(sight, entity)) }
}

/** What the doctor finds of the installation, and of the tables that the role sees. */
export async function seeFindings(sight: Sight): Promise<Examination> {
  const examination = await examine(sight.queryable)
  const findings = examination.findings.filter(({ entity }) => entity === null || isReadable(sight, entity))
  return { ...examination, findings }
}

/** Maintains all, and tells of the tables that the role sees. */
export async function maintainSeen(sight: Sight): Promise<MaintainReport> {
  const report = await maintain(sight.queryable)
  if (report.problems === undefined) return report
  return { ...report, problems: report.problems.filter(({ entity }) => isReadable(sight, entity)) }
}

/** Puts tables under the trail. @throws TRAIL_UNKNOWN_ENTITY of one that the role does not see */
export async function trackSeen(
  sight: Sight,
  target: TrackTarget,
  options: TrackOptions,
): Promise<{ tracked: TrackedTable[] }> {
  const named = 'entities' in target ? target.entities : []
  const { tracked } = await withNamed(sight, named, () => track(sight.queryable, target, options))
  return { tracked: tracked.filter(({ entity }) => isReadable(sight, entity)) }
}
