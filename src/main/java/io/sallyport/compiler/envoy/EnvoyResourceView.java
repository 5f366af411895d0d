package io.sallyport.compiler.envoy;

/** One resource for people: maps, lists, texts, numbers and booleans, without what is secret. */
public final class EnvoyResourceView {
    private EnvoyResourceView() {}

    public static Object of(EnvoyResource resource) {
        Object tree = MessageTree.of(MessageTypes.unpack(resource.body()));
        return resource.type() == ResourceType.SECRET ? EnvoyConfigView.redacted(tree) : tree;
    }
}
