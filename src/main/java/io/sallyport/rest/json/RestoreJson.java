package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.usecase.RestoreRevision.Restored;
import io.sallyport.usecase.RestoreRevision.Tried;
import java.util.List;

/** What a restore did, or would do, in JSON. */
public final class RestoreJson {
    private RestoreJson() {}

    public static ObjectNode write(Revision of, Restored restored) {
        return with(HistoryJson.write(restored.written()), of, restored.left());
    }

    public static ObjectNode write(Revision of, Tried tried) {
        return with(PreviewJson.writeAsApplied(tried.preview()), of, tried.left());
    }

    private static ObjectNode with(ObjectNode result, Revision of, List<ResourceKey> left) {
        result.put("restored", of.number());
        result.set("left", Tree.array(left.stream().map(HistoryJson::reference).toList()));
        return result;
    }
}
