package io.sallyport.rest;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Every way to write, about a namespace of its own, as docs/writes.md has them in its table. */
enum Write {
    PUT(true, true) {
        @Override
        Call prepared(String name) {
            return new Call("PUT", NAMESPACES + name, YAML, "metadata: {labels: {a: b}}");
        }
    },
    PATCH(true, true) {
        @Override
        Call prepared(String name) {
            Api.put(NAMESPACES + name, "{}");
            return new Call(
                    "PATCH",
                    NAMESPACES + name,
                    "application/merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        }
    },
    DELETE(true, true) {
        @Override
        Call prepared(String name) {
            Api.put(NAMESPACES + name, "{}");
            return new Call("DELETE", NAMESPACES + name, "", "");
        }
    },
    APPLY(true, false) {
        @Override
        Call prepared(String name) {
            return new Call("POST", "/api/v1/apply", YAML, document(name));
        }
    },
    RESTORE(true, false) {
        @Override
        Call prepared(String name) {
            long before = Api.head();
            Api.put(NAMESPACES + name, "{}");
            return new Call("POST", "/api/v1/revisions/" + before + "/restore", "", "");
        }
    },
    PUBLISH(true, true) {
        @Override
        Call prepared(String name) {
            return new Call("POST", draft(name) + "/publish", "", "");
        }
    },
    CREATE_DRAFT(false, false) {
        @Override
        Call prepared(String name) {
            return new Call("POST", "/api/v1/change-sets", YAML, document(name));
        }
    },
    EDIT_DRAFT(false, true) {
        @Override
        Call prepared(String name) {
            return new Call("PUT", draft(name), YAML, document(name + "-other"));
        }
    },
    REBASE_DRAFT(false, true) {
        @Override
        Call prepared(String name) {
            return new Call("POST", draft(name) + "/rebase", "", "");
        }
    },
    DISCARD_DRAFT(false, true) {
        @Override
        Call prepared(String name) {
            return new Call("DELETE", draft(name), "", "");
        }
    },
    CONFIRM(false, false) {
        @Override
        Call prepared(String name) {
            Response put = Api.as("admin").contentType(YAML).body("{}").put(NAMESPACES + name + "?confirmWithin=1h");
            return new Call("POST", "/api/v1/revisions/" + put.header("Sallyport-Revision") + "/confirm", "", "");
        }
    };

    private static final String NAMESPACES = "/api/v1/namespaces/";
    private static final String YAML = "application/yaml";

    /** Whether it makes a revision, so that it can be tried, and taken back by itself. */
    final boolean makesRevision;

    /** Whether what it writes has an ETag. */
    final boolean hasTag;

    Write(boolean makesRevision, boolean hasTag) {
        this.makesRevision = makesRevision;
        this.hasTag = hasTag;
    }

    /** A write that would succeed. */
    abstract Call prepared(String name);

    private static String document(String name) {
        return "{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: " + name + "}}";
    }

    private static String draft(String name) {
        return Api.as("admin")
                .contentType(YAML)
                .body(document(name))
                .post("/api/v1/change-sets")
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
    }

    /** A request, which may be sent again. */
    record Call(String method, String path, String contentType, String body) {
        Response send(String query, String... headers) {
            RequestSpecification request = Api.as("admin");
            for (int at = 0; at < headers.length; at += 2) {
                request.header(headers[at], headers[at + 1]);
            }
            if (!contentType.isEmpty()) {
                request.contentType(contentType).body(body);
            }
            return request.request(method, path + query);
        }
    }
}
