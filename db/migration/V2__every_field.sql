-- Brings stored specs to the form that has every field of gateways, destinations, workloads and rules: what was not there
-- gets what it meant so far. The hashes of revisions stay as they were made, over the form of their time.
CREATE FUNCTION spec_of_v2(kind text, spec jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind
        WHEN 'Namespace' THEN
            jsonb_set(spec, '{scopes}', '{"issuers": [], "agents": [], "labels": []}' || (spec -> 'scopes'))
        WHEN 'EgressGateway' THEN
            spec
            || jsonb_build_object('listeners', (
                SELECT coalesce(jsonb_agg(
                    '{"tls": [], "destination": [], "acceptsProxyProtocol": false}' || listener ORDER BY position), '[]')
                FROM jsonb_array_elements(spec -> 'listeners') WITH ORDINALITY AS each (listener, position)))
            || '{"conduct": {
                "onRevoke": "NEW_FLOWS",
                "onControlPlaneLoss": {"is": "keep"},
                "refusalDetail": "NAME",
                "accessLog": "ALL",
                "limits": {"maxFlowDuration": [], "idleTimeout": "PT1H", "maxConnections": []},
                "upstreamProxy": []}}'
        WHEN 'Destination' THEN
            spec
            || jsonb_build_object('endpoints', (
                SELECT coalesce(jsonb_agg(
                    '{"weight": 1, "locality": "", "labels": {}}' || endpoint ORDER BY position), '[]')
                FROM jsonb_array_elements(spec -> 'endpoints') WITH ORDINALITY AS each (endpoint, position)))
            || '{"addresses": [], "subsets": [], "settings": {
                "dns": {"refreshRate": "PT5S", "respectTtl": false, "family": "V4_PREFERRED"},
                "connection": {
                    "connectTimeout": "PT5S",
                    "maxConnections": 1024,
                    "maxPendingRequests": 1024,
                    "maxRequests": 1024,
                    "maxRetries": 3,
                    "keepAlive": [],
                    "maxConcurrentStreams": 100,
                    "idleTimeout": "PT1H"},
                "outlierDetection": [],
                "healthCheck": [],
                "loadBalancer": {"policy": "ROUND_ROBIN", "hashHeader": [], "localities": []},
                "addressGuard": []}}'
        WHEN 'EgressRule' THEN
            spec
            || jsonb_build_object('to', (
                SELECT coalesce(jsonb_agg(
                    target || jsonb_build_object('destination', jsonb_build_array(target -> 'destination'), 'selector', '[]'::jsonb)
                    ORDER BY position), '[]')
                FROM jsonb_array_elements(spec -> 'to') WITH ORDINALITY AS each (target, position)))
            || jsonb_build_object('validity', (spec -> 'validity') || '{"passed": "NONE"}')
            || '{"enforcement": "ENFORCE",
                 "forwarding": {"via": "GATEWAY", "loadBalancer": "ROUND_ROBIN", "failoverGateways": []}}'
        ELSE spec
    END
$$;

UPDATE resources SET spec = spec_of_v2(kind, spec);
UPDATE history SET resource = jsonb_set(resource, '{spec}', spec_of_v2(kind, resource -> 'spec')) WHERE resource IS NOT NULL;

DROP FUNCTION spec_of_v2(text, jsonb);
