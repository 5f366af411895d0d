package io.sallyport.push.xds;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was refused of one type on one stream, so that it is not sent again as it is; the oldest are forgotten. */
final class RefusedOnStream implements RefusedSecrets.OfAgent {
    private static final int MOST = 256;

    private final Map<String, Boolean> refusals = new LinkedHashMap<>();

    @Override
    public boolean contains(String name, String version) {
        return refusals.containsKey(name + " " + version);
    }

    @Override
    public void add(String name, String version) {
        refusals.put(name + " " + version, true);
        if (refusals.size() > MOST) {
            refusals.remove(refusals.keySet().iterator().next());
        }
    }
}
