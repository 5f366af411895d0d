package io.sallyport.usecase;

import io.sallyport.compiler.risk.Opening;
import io.sallyport.compiler.risk.RiskReport;
import io.sallyport.domain.Change;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Resource;
import io.sallyport.domain.decision.FlowChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a change does, as a hash: each resource before and after, and all that is risky about it. Somebody's word is on
 * this; where others change what it would come to, it is another.
 */
final class ContentOfChange {
    private final ResourceForm form;
    private final MessageDigest digest = sha256();

    private ContentOfChange(ResourceForm form) {
        this.form = form;
    }

    static String of(ResourceForm form, Plan plan, RiskReport report) {
        ContentOfChange content = new ContentOfChange(form);
        plan.changes().stream().sorted(Comparator.comparing(Change::key)).forEach(change -> content.add(plan, change));
        report.openings().stream().map(ContentOfChange::flow).sorted().forEach(content::add);
        content.add(Long.toString(report.openingCount()));
        report.workloads().forEach(content::add);
        report.relaxations().forEach(relaxation -> content.add(relaxation.type() + " " + relaxation.what()));
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void add(Plan plan, Change change) {
        add(change.key());
        add(plan.base().find(change.key()));
        add(plan.after().find(change.key()));
    }

    private void add(Optional<Resource<?>> resource) {
        add(resource.<Object>map(form::text).orElse(""));
        // No text has the data of a credential, which is a part of what it does all the same.
        if (resource.isPresent() && resource.get().spec() instanceof Credential credential) {
            credential.data().forEach((part, secret) -> {
                add(part);
                add(secret.reveal());
            });
        }
    }

    // Not which rules decide: others may rename those.
    private static String flow(Opening opening) {
        FlowChange flow = opening.flow();
        return "%s %s %s %s %s %s"
                .formatted(
                        flow.gateway(), flow.listener(), flow.host(), flow.port(), flow.destination(), flow.source());
    }

    private void add(Object part) {
        byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
