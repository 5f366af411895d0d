package io.sallyport.local;

/**
 * One row of what {@code bench writes} found of so many clients.
 *
 * @param ours writes a second
 * @param theirs transactions a second, of pgbench
 * @param ownMillis CPU of the control plane for a write
 * @param databaseMillis CPU of PostgreSQL for a write
 * @param theirMillis CPU of PostgreSQL for a transaction of pgbench
 */
record WriteRate(int clients, double ours, double theirs, double ownMillis, double databaseMillis, double theirMillis) {
    static final String HEAD = """
            | clients | writes a second | pgbench, the same transaction | of it | CPU ms a write: control plane | PostgreSQL | PostgreSQL under pgbench |
            |---|---|---|---|---|---|---|""";

    String row() {
        return "| %d | %.0f | %.0f | %.0f %% | %.2f | %.2f | %.2f |"
                .formatted(clients, ours, theirs, 100 * ours / theirs, ownMillis, databaseMillis, theirMillis);
    }
}
