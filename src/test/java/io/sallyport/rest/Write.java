package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;

/** Every way to write, about a namespace of its own, as docs/writes.md has them in its table. */
enum Write {
    PUT(Trait.REVISION, Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("PUT", NAMESPACES + name, YAML, "metadata: {labels: {a: b}}");
        }
    },
    PATCH(Trait.REVISION, Trait.TAG, Trait.WORDS) {
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
    DELETE(Trait.REVISION, Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            Api.put(NAMESPACES + name, "{}");
            return new Call("DELETE", NAMESPACES + name, "", "");
        }
    },
    APPLY(Trait.REVISION, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("POST", "/api/v1/apply", YAML, document(name));
        }
    },
    RESTORE(Trait.REVISION, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            long before = Api.head();
            Api.put(NAMESPACES + name, "{}");
            return new Call("POST", "/api/v1/revisions/" + before + "/restore", "", "");
        }
    },
    PUBLISH(Trait.REVISION, Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("POST", draft(name) + "/publish", "", "");
        }
    },
    CREATE_DRAFT(Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("POST", "/api/v1/change-sets", YAML, document(name));
        }
    },
    EDIT_DRAFT(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("PUT", draft(name), YAML, document(name + "-other"));
        }
    },
    REBASE_DRAFT(Trait.TAG) {
        @Override
        Call prepared(String name) {
            return new Call("POST", draft(name) + "/rebase", "", "");
        }
    },
    DISCARD_DRAFT(Trait.TAG) {
        @Override
        Call prepared(String name) {
            return new Call("DELETE", draft(name), "", "");
        }
    },
    CONFIRM() {
        @Override
        Call prepared(String name) {
            Response put = Api.as("admin").contentType(YAML).body("{}").put(NAMESPACES + name + "?confirmWithin=1h");
            return new Call("POST", "/api/v1/revisions/" + put.header("Sallyport-Revision") + "/confirm", "", "");
        }
    },
    APPROVE(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return new Call("POST", draftToApprove(name) + "/approvals", "", "");
        }
    },
    WITHDRAW() {
        @Override
        Call prepared(String name) {
            String approvals = draftToApprove(name) + "/approvals";
            assertThat(Api.as("admin").post(approvals).statusCode()).isEqualTo(200);
            return new Call("DELETE", approvals, "", "");
        }
    },
    PAUSE(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return RolledGateway.order("pause");
        }
    },
    RESUME(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return RolledGateway.order("resume");
        }
    },
    PROMOTE(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return RolledGateway.order("promote");
        }
    },
    ABORT(Trait.TAG, Trait.WORDS) {
        @Override
        Call prepared(String name) {
            return RolledGateway.order("abort");
        }
    };

    private static final String NAMESPACES = "/api/v1/namespaces/";
    private static final String YAML = "application/yaml";

    private final boolean isOfRevision;
    private final boolean isOfTag;
    private final boolean isOfWords;

    Write(Trait... traits) {
        List<Trait> all = List.of(traits);
        isOfRevision = all.contains(Trait.REVISION);
        isOfTag = all.contains(Trait.TAG);
        isOfWords = all.contains(Trait.WORDS);
    }

    private enum Trait {
        REVISION,
        TAG,
        WORDS
    }

    /** Whether it makes a revision, so that it can be tried, and taken back by itself. */
    boolean makesRevision() {
        return isOfRevision;
    }

    /** Whether what it writes has an ETag. */
    boolean hasTag() {
        return isOfTag;
    }

    /** Whether its caller's words are kept. */
    boolean takesWords() {
        return isOfWords;
    }

    /** A write that would succeed. */
    abstract Call prepared(String name);

    private static String document(String name) {
        return "{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: " + name + "}}";
    }

    private static String draft(String name) {
        return draft("admin", document(name));
    }

    private static String draft(String author, String document) {
        return Api.as(author)
                .contentType(YAML)
                .body(document)
                .post("/api/v1/change-sets")
                .header("Location")
                .replaceFirst("^https?://[^/]+", "");
    }

    /** Of somebody else, that the administrator is to approve. */
    private static String draftToApprove(String name) {
        assertThat(Api.apply(Api.world("every-word", 236)).statusCode()).isEqualTo(200);
        assertThat(Api.put("/api/v1/namespaces/every-word/approval-policies/asks", """
                spec:
                  namespaces: [every-word]
                  risks: [{type: NewDestination}]
                  approvals: {by: {subjects: [{group: sallyport-administrators}]}}
                """)
                        .statusCode())
                .isBetween(200, 201);
        return draft("security", """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: every-word, name: NAME}
                spec: {hosts: [NAME.every-word.example], ports: [{number: 80, protocol: HTTP}]}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: every-word, name: NAME}
                spec:
                  gatewayRef: {name: internet}
                  action: Allow
                  from: [{workloadSelector: {matchLabels: {app: checkout}}}]
                  to: [{destinationRef: {name: NAME}}]
                """.replace("NAME", name));
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
