package io.sallyport.domain.change;

import io.sallyport.domain.approval.Owed;
import java.util.List;
import java.util.Set;

/**
 * What was done without the approvals that it needs, since it could not wait.
 *
 * @param reason why it could not, in its author's words
 * @param authors who cannot approve it, by {@code issuer/subject}
 * @param owed what makes it stay once it is there
 */
public record UnapprovedWrite(String reason, Set<String> authors, List<Owed> owed) {
    public UnapprovedWrite {
        authors = Set.copyOf(authors);
        owed = List.copyOf(owed);
    }
}
