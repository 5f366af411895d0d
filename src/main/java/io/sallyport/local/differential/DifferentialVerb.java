package io.sallyport.local.differential;

import io.sallyport.local.NumberOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code trial differential}. */
public final class DifferentialVerb {
    private static final int MOST = 10_000_000;
    private static final int MOST_SHOWN = 20;
    private static final Path FINDINGS = Path.of("src", "test", "resources", "differential");

    private DifferentialVerb() {}

    /** Returns 1 where there is a finding. */
    @SuppressWarnings("SystemOut")
    public static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--pairs", 2_000L);
        defaults.put("--seed", System.nanoTime() % 1_000_000);
        defaults.put("--shrink", (long) DifferentialTrial.MOST_SHRUNK);
        NumberOptions options = NumberOptions.parse("trial differential", defaults, arguments);
        System.out.println("seed " + options.number("--seed"));
        var result = new DifferentialTrial(
                        options.count("--pairs", MOST),
                        options.number("--seed"),
                        Math.clamp(options.number("--shrink"), 0, MOST_SHOWN))
                .run(FINDINGS);
        result.disagreements().stream().limit(MOST_SHOWN).forEach(System.out::println);
        System.out.println(result.coverage());
        if (!result.hasIpv6()) {
            System.out.println(
                    "no source of IPv6 connected: this machine has no ::1 (headers of the PROXY protocol had some)");
        }
        System.out.println(result);
        return result.isFlawless() ? 0 : 1;
    }
}
