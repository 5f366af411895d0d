package io.sallyport.store.postgres;

import jakarta.persistence.Embeddable;

/** What tells words apart: what they are on, and whose they are. */
@Embeddable
record ApprovalId(String about, String approver) {}
