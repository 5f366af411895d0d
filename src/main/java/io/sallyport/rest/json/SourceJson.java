package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Source;
import java.util.List;
import java.util.Optional;

/** An entry of a rule's {@code from} in JSON. */
final class SourceJson {
    private SourceJson() {}

    static Optional<Source> read(Place place) {
        Fields fields = place.fields("namespaces", "workloadSelector", "principals", "ipBlocks");
        List<Name> namespaces = fields.list("namespaces", item -> item.parsed(Name::new));
        Optional<LabelSelector> workloads = fields.optional("workloadSelector", LabelsJson::readSelector);
        List<PrincipalPattern> principals = fields.list("principals", item -> item.parsed(PrincipalPattern::new));
        List<Cidr> ipBlocks = fields.list("ipBlocks", item -> item.parsed(Cidr::parse));
        return fields.build(() -> new Source(namespaces, workloads.stream().toList(), principals, ipBlocks));
    }

    static ObjectNode write(Source source) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "namespaces", source.namespaces());
        source.workloads().forEach(selector -> result.set("workloadSelector", LabelsJson.writeSelector(selector)));
        Tree.texts(result, "principals", source.principals());
        Tree.texts(result, "ipBlocks", source.ipBlocks());
        return result;
    }
}
