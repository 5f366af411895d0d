package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Addresses;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;

/**
 * Where a request would go, and what stands in its way once rules have let it in.
 *
 * @param isHeld whether the listener can hold it to the policies that it is under
 * @param isTrue whether what it carries is for the host that it asks for, as far as anybody looks
 * @param isUnverified whether nobody would verify who answers, though the time in which that is allowed is over
 */
record Way(Upstream upstream, Verdict.Onward onward, boolean isHeld, boolean isTrue, boolean isUnverified) {

    static Way of(Snapshot snapshot, PortEntry port, Leading leading, Question question, AskedHost asked) {
        Approach approach = question.approach();
        Upstream upstream = leading.upstream();
        Addresses addresses = leading.isOnlyOne()
                ? new AddressJudge(snapshot, approach).of(upstream, leading.hosts(asked), question.lookup())
                : Addresses.UNKNOWN;
        return new Way(
                upstream,
                Onward.of(upstream, approach, asked, leading.named(), addresses),
                isHeld(port.enforceability(), approach),
                !(approach instanceof Approach.Tunnel tunnel)
                        || new InnerName(asked).suits(tunnel, upstream.protocol()),
                leading.isOnlyOne() && isUnverified(upstream, question));
    }

    private static boolean isUnverified(Upstream upstream, Question question) {
        return question.approach() instanceof Approach.HttpRequest
                && upstream.isOverTls()
                && upstream.tls().unverified().stream()
                        .anyMatch(exception -> !question.time().isBefore(exception.until()));
    }

    private static boolean isHeld(Enforceability enforceability, Approach approach) {
        return switch (enforceability) {
            case WHOLLY -> true;
            case IN_REQUESTS -> !(approach instanceof Approach.Tunnel);
            case NOWHERE -> false;
        };
    }

    /** What is not allowed is not looked into. */
    Ruling judged(Ruling byRules, Permission permission) {
        if (!byRules.allows()) {
            return byRules;
        }
        if (!isHeld) {
            return byRules.overruledBy(Reason.UNENFORCEABLE);
        }
        Ruling ruling = permission.judged(byRules);
        if (!ruling.allows()) {
            return ruling;
        }
        if (!isTrue) {
            return ruling.overruledBy(Reason.OTHER_NAME);
        }
        if (onward.addresses().areAllRefused()) {
            return ruling.overruledBy(Reason.ADDRESS_POLICY);
        }
        return isUnverified ? ruling.overruledBy(Reason.EXCEPTION_OVER) : ruling;
    }
}
