package io.sallyport.usecase;

import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;

/** Tells a caller who he is and what he may, so that he knows what to ask an administrator for. */
public final class DescribeCaller {
    private final Authorizer authorizer;

    public DescribeCaller(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    public Access of(Caller caller) {
        return authorizer.access(caller);
    }
}
