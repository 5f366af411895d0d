package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Conduct.AccessLog;
import io.sallyport.domain.gateway.Conduct.OnRevoke;
import io.sallyport.domain.gateway.Conduct.RefusalDetail;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.UpstreamProxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** How a gateway conducts itself, in JSON: fields of its spec beside the others. */
final class ConductJson {
    static final List<String> FIELDS =
            List.of("onRevoke", "onControlPlaneLoss", "refusalDetail", "accessLog", "limits", "upstreamProxy");
    private static final SequencedMap<String, OnRevoke> ON_REVOKE = Choices.of(OnRevoke.values(), Choices::capitalized);
    private static final SequencedMap<String, RefusalDetail> DETAILS =
            Choices.of(RefusalDetail.values(), Choices::capitalized);
    private static final SequencedMap<String, AccessLog> DECISIONS =
            Choices.of(AccessLog.values(), Choices::capitalized);

    private ConductJson() {}

    static Optional<Conduct> read(Fields spec, Name own) {
        Conduct defaults = Conduct.DEFAULT;
        Optional<OnRevoke> onRevoke = spec.optional("onRevoke", item -> item.oneOf(ON_REVOKE));
        Optional<ControlPlaneLoss> loss = spec.optional("onControlPlaneLoss", ConductJson::readLoss);
        Optional<RefusalDetail> detail = spec.optional("refusalDetail", item -> item.oneOf(DETAILS));
        Optional<AccessLog> accessLog = spec.optional("accessLog", ConductJson::readAccessLog);
        Optional<Limits> limits = spec.optional("limits", LimitsJson::read);
        Optional<UpstreamProxy> proxy = spec.optional("upstreamProxy", item -> UpstreamProxyJson.read(item, own));
        return Optional.of(new Conduct(
                onRevoke.orElse(defaults.onRevoke()),
                loss.orElse(defaults.onControlPlaneLoss()),
                detail.orElse(defaults.refusalDetail()),
                accessLog.orElse(defaults.accessLog()),
                limits.orElse(defaults.limits()),
                proxy.stream().toList()));
    }

    private static Optional<ControlPlaneLoss> readLoss(Place place) {
        Fields fields = place.fields("mode", "after");
        Optional<Duration> after = fields.optional(
                "after", DurationJson.between(ControlPlaneLoss.Lapse.SHORTEST, ControlPlaneLoss.Lapse.LONGEST));
        Optional<Mode> mode =
                fields.required("mode", item -> item.oneOf(Choices.of(Mode.values(), Choices::capitalized)));
        if (mode.isPresent()) {
            switch (mode.get()) {
                case LAPSE -> fields.needed("after", "Mode Lapse needs to know after how long, 60s for example.");
                case KEEP -> fields.refused("after", "'after' belongs to mode Lapse.");
            }
        }
        return fields.build(
                () -> after.<ControlPlaneLoss>map(ControlPlaneLoss.Lapse::new).orElseGet(ControlPlaneLoss.Keep::new));
    }

    private enum Mode {
        KEEP,
        LAPSE
    }

    private static Optional<AccessLog> readAccessLog(Place place) {
        Fields fields = place.fields("decisions");
        Optional<AccessLog> decisions = fields.required("decisions", item -> item.oneOf(DECISIONS));
        return fields.build(decisions::orElseThrow);
    }

    static void write(ObjectNode spec, Conduct conduct) {
        spec.put("onRevoke", Choices.capitalized(conduct.onRevoke()));
        spec.set("onControlPlaneLoss", writeLoss(conduct.onControlPlaneLoss()));
        spec.put("refusalDetail", Choices.capitalized(conduct.refusalDetail()));
        spec.putObject("accessLog").put("decisions", Choices.capitalized(conduct.accessLog()));
        spec.set("limits", LimitsJson.write(conduct.limits()));
        conduct.upstreamProxy().forEach(proxy -> spec.set("upstreamProxy", UpstreamProxyJson.write(proxy)));
    }

    private static ObjectNode writeLoss(ControlPlaneLoss loss) {
        return switch (loss) {
            case ControlPlaneLoss.Keep keep -> Tree.object().put("mode", "Keep");
            case ControlPlaneLoss.Lapse lapse ->
                Tree.object().put("mode", "Lapse").put("after", DurationJson.text(lapse.after()));
        };
    }
}
