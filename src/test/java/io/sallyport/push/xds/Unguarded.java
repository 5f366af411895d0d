package io.sallyport.push.xds;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.usecase.HoldBack;

/** A firewall that knows no states, so that what is refused is parked and nothing is held. */
final class Unguarded {
    private Unguarded() {}

    static HoldBack holdBack() {
        return new HoldBack(new PublishedStates(), new SnapshotCompiler());
    }

    static Firewall of(EnvoySnapshot first) {
        return new Firewalls(holdBack(), new EnvoyCompiler()::compile).of("envoy", first);
    }
}
