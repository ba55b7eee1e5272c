// The door of @steward/cluster: a PostgreSQL for development and tests, never in production installs.
export { hasSystemServer, type ServerChoice } from './binaries.ts'
export { type Cluster, type ClusterOptions, startCluster, throwawaySettings } from './cluster.ts'
export { clusterErrors } from './errors.ts'
export { type SharedCluster, startOrJoinCluster } from './join-cluster.ts'
export { type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database.ts'
