package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.domain.ResourceKey;

/**
 * Something that is stored all the same, and most likely not what was meant.
 *
 * @param pointer JSON Pointer into the document of the subject
 */
public record Warning(ResourceKey subject, String pointer, String reason, String message) {
    static Warning of(Finding finding) {
        return new Warning(finding.subject(), finding.pointer(), finding.reason(), finding.message());
    }
}
