package io.sallyport.compiler.envoy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.GoldenFiles;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EnvoyGoldenTest {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build());

    @Test
    void everyCaseCompilesToItsConfiguration() {
        Map<String, String> configurations = new TreeMap<>();
        Cases.all().forEach((name, state) -> {
            var snapshot = new EnvoyCompiler().compile(new SnapshotCompiler().compile(state, Cases.GATEWAY));
            configurations.put(name, yaml(snapshot));
        });

        GoldenFiles.check("envoy.yaml", configurations);
    }

    private static String yaml(EnvoySnapshot snapshot) {
        try {
            return YAML.writeValueAsString(EnvoyConfigView.of(snapshot));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
