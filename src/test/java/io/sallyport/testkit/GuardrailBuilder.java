package io.sallyport.testkit;

import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Guardrail.Assertion;
import io.sallyport.domain.Guardrail.Severity;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.guardrail.FlowTarget;
import io.sallyport.domain.guardrail.Transport;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code never("edge/no-paste").to("*.paste.example")}: blocks. */
public final class GuardrailBuilder extends ResourceBuilder<Guardrail> {
    private final Assertion assertion;
    private final List<Source> from = new ArrayList<>();
    private final List<FlowTarget> to = new ArrayList<>();
    private final List<FlowPattern> except = new ArrayList<>();
    private List<String> methods = List.of();
    private List<Transport> tls = List.of();
    private Severity severity = Severity.BLOCK;

    private GuardrailBuilder(String name, Assertion assertion) {
        super(name);
        this.assertion = assertion;
    }

    public static GuardrailBuilder never(String name) {
        return new GuardrailBuilder(name, Assertion.NEVER);
    }

    public static GuardrailBuilder always(String name) {
        return new GuardrailBuilder(name, Assertion.ALWAYS);
    }

    public GuardrailBuilder from(Sources entry) {
        from.add(entry.build());
        return this;
    }

    public GuardrailBuilder to(String host, int... ports) {
        to.add(target(List.of(new HostPattern(host)), ports));
        return this;
    }

    public GuardrailBuilder toDestination(String name, int... ports) {
        to.add(new FlowTarget(List.of(), List.of(reference(name)), List.of(), numbers(ports)));
        return this;
    }

    public GuardrailBuilder by(String... newMethods) {
        methods = List.of(newMethods);
        return this;
    }

    public GuardrailBuilder over(Transport... ways) {
        tls = List.of(ways);
        return this;
    }

    public GuardrailBuilder exceptTo(String host) {
        except.add(new FlowPattern(List.of(), List.of(target(List.of(new HostPattern(host)))), List.of(), List.of()));
        return this;
    }

    public GuardrailBuilder exceptFrom(Sources entry) {
        except.add(new FlowPattern(List.of(entry.build()), List.of(), List.of(), List.of()));
        return this;
    }

    public GuardrailBuilder warning() {
        severity = Severity.WARN;
        return this;
    }

    private static FlowTarget target(List<HostPattern> hosts, int... ports) {
        return new FlowTarget(hosts, List.of(), List.of(), numbers(ports));
    }

    private static List<PortNumber> numbers(int... ports) {
        return Arrays.stream(ports).mapToObj(PortNumber::new).toList();
    }

    @Override
    protected Guardrail spec() {
        return new Guardrail(assertion, new FlowPattern(from, to, methods, tls), except, severity);
    }
}
