package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Asked;
import io.sallyport.domain.decision.Verdict.PassedOver;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.decision.Verdict.Shadow;
import io.sallyport.usecase.Explanation;
import io.sallyport.usecase.Sight;
import java.util.Map;
import java.util.Optional;

/** What becomes of a request, in JSON. */
public final class ExplanationJson {
    private final Map<ResourceName, Tier> tiers;

    private ExplanationJson(Map<ResourceName, Tier> tiers) {
        this.tiers = tiers;
    }

    public static ObjectNode write(Explanation explanation) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(explanation.gateway()));
        result.put("revision", explanation.revision().number())
                .put("time", explanation.time().toString());
        var json = new ExplanationJson(explanation.tiers());
        result.set(
                "answers",
                Tree.array(explanation.answers().stream().map(json::write).toList()));
        Tree.list(result, "warnings", explanation.warnings(), HistoryJson::write);
        result.set(
                "agents",
                Tree.array(explanation.agents().stream().map(AgentJson::write).toList()));
        explanation.sight().forEach(sight -> hide(result, sight));
        return result;
    }

    // Which gateway was asked about is known to whoever asked.
    private static void hide(ObjectNode result, Sight sight) {
        result.withArray("answers").forEach(answer -> {
            answer.withObject("source").remove("classes");
            new ForeignJson(sight).hide((ObjectNode) answer);
        });
    }

    private ObjectNode write(Explanation.Answer answer) {
        Verdict verdict = answer.verdict();
        ObjectNode result = Tree.object()
                .put("listener", answer.listener().value())
                .put("as", name(answer.question().approach()))
                .put("action", Choices.capitalized(verdict.action()))
                .put("decidedBy", verdict.name())
                .put("code", verdict.reason().code());
        if (verdict.reason() == Reason.RULE) {
            result.set("rule", rule(ResourceName.parse(verdict.name())));
        }
        verdict.ruling().admittedBy().forEach(name -> result.put("admittedBy", name));
        result.set("reply", ReplyJson.write(verdict.reply()));
        result.set("source", SourceSeenJson.write(verdict.source()));
        verdict.place().forEach(place -> result.set("destination", PlaceSeenJson.write(place)));
        RoutingJson.write(result, verdict.routing());
        Tree.list(result, "passedOver", verdict.passedOver(), this::write);
        Tree.list(result, "shadows", verdict.shadows(), this::write);
        Tree.list(result, "asked", verdict.asked(), ExplanationJson::write);
        Tree.texts(result, "audits", verdict.audits());
        return result;
    }

    private static String name(Approach approach) {
        return switch (approach) {
            case Approach.HttpRequest request -> "HttpRequest";
            case Approach.Tunnel tunnel -> "Tunnel";
            case Approach.ClientHello hello -> "TlsConnection";
            case Approach.Connection connection -> "TcpConnection";
        };
    }

    private static ObjectNode write(Asked asked) {
        ObjectNode result = ReferenceJson.write(asked.policy());
        Tree.texts(result, "sections", asked.sections());
        return result;
    }

    private ObjectNode write(PassedOver passed) {
        return rule(passed.rule())
                .put("action", Choices.capitalized(passed.action()))
                .put("why", why(passed.why()));
    }

    private ObjectNode write(Shadow shadow) {
        return rule(shadow.rule()).put("action", Choices.capitalized(shadow.action()));
    }

    private ObjectNode rule(ResourceName name) {
        ObjectNode result = ReferenceJson.write(name);
        Optional.ofNullable(tiers.get(name)).ifPresent(tier -> result.put("tier", Choices.capitalized(tier)));
        return result;
    }

    private static String why(Verdict.Why why) {
        return switch (why) {
            case SOURCE -> "NotTheSource";
            case NOT_YET_VALID -> "NotYetValid";
            case EXPIRED -> "Expired";
            case LATER -> "LowerInOrder";
            case SHADOW -> "Shadow";
            case OTHER_PORT -> "OtherPort";
            case OTHER_LISTENER -> "OtherListener";
        };
    }
}
