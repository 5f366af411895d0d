package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.domain.ResourceKey;

/**
 * Something that is stored all the same, and most likely not what was meant.
 *
 * @param pointer JSON Pointer into the document of the subject
 * @param isForeign whether the subject is of a namespace that the reader may not read, and not to be named to him
 */
public record Warning(ResourceKey subject, String pointer, String reason, String message, boolean isForeign) {
    static Warning of(Finding finding) {
        return new Warning(finding.subject(), finding.pointer(), finding.reason(), finding.message(), false);
    }
}
