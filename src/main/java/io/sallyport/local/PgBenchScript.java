package io.sallyport.local;

/** What {@link PgBench} does. */
final class PgBenchScript {
    static final String SCHEMA = "bench";

    static final String TABLES = """
            DROP SCHEMA IF EXISTS bench CASCADE;
            CREATE SCHEMA bench;
            CREATE TABLE bench.head (LIKE public.head INCLUDING ALL);
            CREATE TABLE bench.revisions (LIKE public.revisions INCLUDING ALL);
            CREATE TABLE bench.resources (LIKE public.resources INCLUDING ALL,
                FOREIGN KEY (revision) REFERENCES bench.revisions);
            CREATE TABLE bench.history (LIKE public.history INCLUDING ALL,
                FOREIGN KEY (revision) REFERENCES bench.revisions);
            CREATE TABLE bench.audit_head (LIKE public.audit_head INCLUDING ALL);
            CREATE TABLE bench.audit_events (LIKE public.audit_events INCLUDING ALL);
            INSERT INTO bench.head SELECT * FROM public.head;
            INSERT INTO bench.revisions SELECT * FROM public.revisions;
            INSERT INTO bench.resources SELECT * FROM public.resources;
            INSERT INTO bench.audit_head SELECT * FROM public.audit_head;
            """;

    private PgBenchScript() {}

    static String of(BenchDocuments documents) {
        String spec = """
                {"to": [{"ports": [], "selector": [], "destination": [{"name": "d0", "namespace": "%1$s"}]}], "from": [{"ipBlocks": [], "workloads": [{"matchLabels": {"app": "caller"}, "expressions": []}], "namespaces": [], "principals": []}], "tier": "NAMESPACE", "action": "DENY", "gateway": {"name": "internet", "namespace": "%1$s"}, "priority": 1000}""".formatted(documents.namespace());
        String resource =
                "{\"uid\": \"00000000-0000-0000-0000-000000000000\", \"spec\": %s, \"labels\": {}, \"generation\": 1, \"createdBy\": \"admin\", \"updatedBy\": \"admin\"}"
                        .formatted(spec);
        // The statements of a write that replaces one resource, as store.postgres makes them.
        return """
            \\set rule random(0, %2$d)
            BEGIN;
            SELECT only_row, hash, revision FROM head FOR NO KEY UPDATE \\gset
            SELECT revision, author, hash, at, message FROM revisions WHERE revision > :revision ORDER BY revision
                OFFSET 0 ROWS FETCH FIRST 2147483647 ROWS ONLY;
            SELECT kind, namespace, name, annotations, created_at, created_by, generation, labels, revision, spec, uid,
                updated_at, updated_by
                FROM resources WHERE (kind, namespace, name) IN (('EgressRule', '%1$s', 'caller-' || :rule));
            SELECT only_row, hash AS chain, sequence FROM audit_head FOR NO KEY UPDATE \\gset
            INSERT INTO revisions (author, hash, at, message, revision) VALUES ('admin', :hash, now(), '', :revision + 1);
            INSERT INTO history (kind, name, namespace, resource, revision, position)
                VALUES ('EgressRule', 'caller-' || :rule, '%1$s', '%3$s', :revision + 1, 0);
            INSERT INTO audit_events (actor, actor_id, resource_after, resource_before, at, hash, kind, left_out, name,
                namespace, operation, outcome, reason, request, revision, status, sequence)
                VALUES ('admin', '%5$s', '%3$s', '%3$s', now(), :chain, 'EgressRule', 0, 'caller-' || :rule, '%1$s',
                    'PUT /api/v1/namespaces/%1$s/egress-rules/caller-0', 'DONE', '', '%5$s', :revision + 1, 0,
                    :sequence + 1);
            UPDATE audit_head SET hash = :chain, sequence = :sequence + 1 WHERE only_row = true;
            UPDATE head SET hash = :hash, revision = :revision + 1 WHERE only_row = true;
            UPDATE resources SET annotations = '{}', created_at = now(), created_by = 'admin', generation = :revision + 1,
                labels = '{}', revision = :revision + 1, spec = '%4$s', uid = uid, updated_at = now(),
                updated_by = 'admin'
                WHERE kind = 'EgressRule' AND namespace = '%1$s' AND name = 'caller-' || :rule;
            COMMIT;
            """.formatted(
                documents.namespace(), documents.hosts() - 1, resource, spec, "00000000-0000-0000-0000-000000000000");
    }
}
